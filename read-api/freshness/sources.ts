import type { SinkWatermark } from '@eduplatform/contracts/redis-keys';
import type { ReadModel } from '../read-model/read-model.ts';
import type { SearchEngine } from '../search/engine.ts';

/** What a route reads from; however many search servers there are, one of them answers. */
export type Source = 'redis' | 'search';

export interface Sources {
  /** Where it stands: of the search servers the freshest in rotation. Null while nothing is known. */
  mark(source: Source): SinkWatermark | null;
  /** Whether it answers: nobody waits for one that does not. */
  isUp(source: Source): boolean;
  /** Calls `listener` whenever any of this may have changed. */
  onChange(listener: () => void): void;
}

export const createSources = (readModel: ReadModel, engine: SearchEngine): Sources => ({
  mark: (source) => (source === 'redis' ? readModel.state.mark('redis') : engine.mark),
  isUp: (source) => readModel.isUp && (source === 'redis' || engine.isUp),
  onChange(listener) {
    readModel.state.onChange(listener);
    engine.onChange(listener);
  },
});
