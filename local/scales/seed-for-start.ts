import { isScale } from '@eduplatform/seed/scale/sizes';
import { seedScale } from '@eduplatform/seed/scale';
import { renderBar } from '../jobs/progress-bar.ts';
import { describeBroken } from './describe-broken.ts';
import { describeRate } from './describe-progress.ts';

/** Beside the other steps of a start there is little room. */
const BAR_WIDTH = 12;

/** Seeds the database of a scale unless that is done. @throws in words for a person when it cannot, or came out broken. */
export async function seedForStart(databaseUrl: string, scale: string, note: (text: string) => void): Promise<void> {
  if (!isScale(scale)) throw new Error(`there is no scale "${scale}"`);
  const { broken } = await seedScale(databaseUrl, {
    scale,
    onProgress: (progress) => {
      const { phase, done, total } = progress;
      note(total > 0 ? `${phase} ${renderBar(done, total, BAR_WIDTH)}  ${describeRate(progress)}` : phase);
    },
  });
  if (broken.length > 0) throw new Error(describeBroken(broken));
}
