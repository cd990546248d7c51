import { isScale, SCALES, type Scale } from '@eduplatform/seed/scale/sizes';
import { TargetError } from '@eduplatform/seed/scale/target-error';

/** The value of `--scale`. @throws naming the scales that there are. */
export function readScale(given: string | undefined): Scale | null {
  if (given === undefined) return null;
  if (!isScale(given)) throw new TargetError(`There is no scale "${given}". There are: ${SCALES.join(', ')}.`);
  return given;
}
