/** Where values lie on an axis, and which of them are written at it. */
export interface Scale {
  /** 0 … 1 from the beginning of the axis to its end. */
  at(value: number): number;
  ticks: number[];
}

/** From 0 to a round number past `max`. */
export function linearScale(max: number): Scale {
  const step = niceStep((max || 1) / 5);
  const end = step * Math.ceil((max || 1) / step - 1e-9);
  const count = Math.round(end / step);
  return {
    at: (value) => Math.min(1, Math.max(0, value / end)),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}

const niceStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
};

/** Logarithmic, over whole steps of 1, 2, 5. Values outside lie at the ends. */
export function logScale(min: number, max: number): Scale {
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += 1) {
    all.push(...[1, 2, 5].map((factor) => factor * 10 ** power));
  }
  const first = all.findLastIndex((tick) => tick <= min * (1 + 1e-9));
  const last = all.findIndex((tick) => tick >= max * (1 - 1e-9));
  const ticks = all.slice(Math.max(0, first), Math.max(first + 2, last + 1));
  const [low = min, high = max] = [ticks[0], ticks.at(-1)];
  return {
    at: (value) => Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low))),
    // More than so many would run into each other: whole powers of ten are left.
    ticks: ticks.length > 9 ? ticks.filter((tick) => Math.abs(Math.log10(tick) % 1) < 1e-9) : ticks,
  };
}
