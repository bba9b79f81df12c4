import { AZIMUTHS, azimuth, CELLS, DEGREES, DISTANCES, logDistance, wrap } from './grid';

/** How near an answer has to be to be right: Java's `Thresholds`. */
const RIGHT_ANGLE = 20;
const RIGHT_RELATIVE_DISTANCE = 0.5;

/** The share of a cell within the right angle of one that lies so many cells away. */
const shares = Float64Array.from({ length: AZIMUTHS }, (_, away) => {
  const outer = Math.abs(wrap(azimuth(away) - azimuth(0))) + DEGREES / 2;
  return Math.max(0, Math.min(1, 1 - (outer - RIGHT_ANGLE) / DEGREES));
});

/** Does an answer at one distance count as right for a truth at another? */
const near = Array.from({ length: DISTANCES }, (_, truth) =>
  Array.from({ length: DISTANCES }, (_, answer) => {
    const off = Math.abs(Math.exp(logDistance(answer) - logDistance(truth)) - 1);
    return off < RIGHT_RELATIVE_DISTANCE;
  }),
);

/** The largest mass of a map that one answer may be right for, as Java's `RightPlaces`. */
export function rightness(probabilities: Float64Array): number {
  const byAnswer = new Float64Array(CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const answer = cell % DISTANCES;
    for (let d = 0; d < DISTANCES; d++) {
      byAnswer[cell]! += near[d]![answer] ? probabilities[cell - answer + d]! : 0;
    }
  }
  let best = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    const from = Math.floor(cell / DISTANCES);
    let sum = 0;
    for (let a = 0; a < AZIMUTHS; a++) {
      sum += shares[(a - from + AZIMUTHS) % AZIMUTHS]! * byAnswer[a * DISTANCES + (cell % DISTANCES)]!;
    }
    best = Math.max(best, sum);
  }
  return Math.min(1, best);
}
