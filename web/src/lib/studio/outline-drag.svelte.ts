import { placeLesson, placeModule } from './outline.ts';

/** What is carried, and before which place it would be put. */
export interface Carried {
  kind: 'module' | 'lesson';
  id: string;
}

interface Arranged {
  id: string;
  lessons: { id: string }[];
}

/** Dragging in the outline: which row is carried, and over which one it hangs. */
export class OutlineDrag {
  carried: Carried | null = $state(null);
  /** Id of the row before which the carried one would land; of a module: at its end. */
  over: string | null = $state(null);

  start(event: DragEvent, carried: Carried): void {
    this.carried = carried;
    event.dataTransfer?.setData('text/plain', carried.id);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    event.stopPropagation();
  }

  /** Whether the row accepts what is carried; shows it when so. */
  hover(event: DragEvent, target: Carried): void {
    const { carried } = this;
    if (!carried || (carried.kind === 'module' && target.kind === 'lesson')) return;
    event.preventDefault();
    event.stopPropagation();
    this.over = target.id;
  }

  end(): void {
    this.carried = null;
    this.over = null;
  }

  /** The new order after dropping on a row, or null when nothing changes. */
  drop<M extends Arranged>(event: DragEvent, target: Carried, modules: readonly M[]): readonly M[] | null {
    const { carried } = this;
    this.end();
    if (!carried || carried.id === target.id) return null;
    event.preventDefault();
    event.stopPropagation();
    if (carried.kind === 'module') {
      const index = modules.findIndex(({ id }) => id === target.id);
      return placeModule(modules, carried.id, index);
    }
    const home = modules.find(
      ({ id, lessons }) => id === target.id || lessons.some((lesson) => lesson.id === target.id),
    );
    if (!home) return null;
    const others = home.lessons.filter(({ id }) => id !== carried.id);
    const index = target.kind === 'module' ? others.length : others.findIndex(({ id }) => id === target.id);
    return placeLesson(modules, carried.id, home.id, index);
  }
}
