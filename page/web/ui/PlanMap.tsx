import { useMemo } from 'preact/hooks';
import type { Answer } from '../answer/answer';
import { SHARES } from '../answer/answer';
import type { PlacePosterior } from '../place/posterior';
import { BACKGROUND, className, metres, percent, side, where } from '../words';
import {
  borderPath,
  CELL_PATHS,
  HALF,
  point,
  radius,
  RIM,
  RINGS,
  seenPath,
  surfacePath,
} from './geometry';
import type { Truth } from './samples';

interface Props {
  answer: Answer | null;
  posterior: PlacePosterior | null;
  horizon: ReadonlyArray<[number, number]> | null;
  apparent: number | null;
  truth: Truth | null;
  /** Does the sound say from where it comes? */
  directional: boolean;
}

/** What is less probable than this share of the most probable cell is left blank. */
const LEAST = 0.004;
const DARKEST = 0.92;

/** The map of places, seen from above: the heart of the page. */
export function PlanMap({ answer, posterior, horizon, apparent, truth, directional }: Props) {
  const seen = useMemo(() => horizon && seenPath(horizon), [horizon]);
  const surfaces = useMemo(() => horizon && surfacePath(horizon), [horizon]);
  const shown = directional ? posterior : null;
  const calm = answer?.class === BACKGROUND;
  const best = directional && !calm ? (answer?.location ?? null) : null;
  return (
    <svg
      class={calm ? 'plan calm' : 'plan'}
      viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`}
      role="img"
      aria-label={inWords(answer, posterior, apparent, truth, directional)}
    >
      <circle class="plan-ground" r={RIM} />
      {seen && <path class="plan-seen" d={seen} />}
      <Rings />
      {shown && <Heat posterior={shown} />}
      {surfaces && <path class="plan-surface" d={surfaces} />}
      {shown && answer && <Regions answer={answer} posterior={shown} />}
      <RingLabels />
      {directional && apparent !== null && <Apparent azimuth={apparent} />}
      <path class="plan-self" d="M0 -3.4 L2.6 3 L0 1.6 L-2.6 3 Z" />
      {truth && <TruthMark truth={truth} />}
      {best && <BestMark azimuth={best.azimuth} distance={horizontal(best)} />}
      {!directional && (
        <text class="plan-veil" y={-RIM / 2}>
          <tspan x="0">No direction in this sound</tspan>
        </text>
      )}
    </svg>
  );
}

function horizontal(place: { elevation: number; distance: number }): number {
  return place.distance * Math.cos((place.elevation * Math.PI) / 180);
}

function Rings() {
  return (
    <g class="plan-rings">
      {RINGS.map((m) => (
        <circle key={m} r={radius(m)} />
      ))}
      {[-135, -90, -45, 0, 45, 90, 135, 180].map((a) => {
        const [x1, y1] = point(a, RIM);
        const [x2, y2] = point(a, RIM + 1.6);
        const [x, y] = point(a, RIM + 5.6);
        return (
          <g key={a}>
            <line x1={x1} y1={y1} x2={x2} y2={y2} />
            <text x={x} y={y + 1.2}>
              {a === 0 ? 'ahead' : a === 180 ? 'behind' : `${Math.abs(a)}°`}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Above the map's cells, so that they stay legible. */
function RingLabels() {
  return (
    <g class="plan-rings">
      {RINGS.map((m) => {
        const [x, y] = point(-157.5, radius(m));
        return (
          <text key={m} class="plan-ring-label" x={x} y={y + 1.1}>
            {m} m
          </text>
        );
      })}
    </g>
  );
}

function Heat({ posterior }: { posterior: PlacePosterior }) {
  const p = posterior.probabilities;
  const most = p[posterior.ranking[0]!]!;
  return (
    <g class="plan-heat">
      {CELL_PATHS.map((d, cell) =>
        p[cell]! > LEAST * most ? (
          <path
            key={cell}
            d={d}
            fill-opacity={(DARKEST * Math.sqrt(p[cell]! / most)).toFixed(3)}
          />
        ) : null,
      )}
    </g>
  );
}

function Regions({ answer, posterior }: { answer: Answer; posterior: PlacePosterior }) {
  return (
    <g class="plan-regions">
      {[...SHARES].reverse().map((share) => (
        <path
          key={share}
          class={`region region-${share}`}
          d={borderPath(posterior.region(answer.regions?.[`${share}%`] ?? share / 100))}
        />
      ))}
    </g>
  );
}

function Apparent({ azimuth }: { azimuth: number }) {
  const [x1, y1] = point(azimuth, 6);
  const [x2, y2] = point(azimuth, RIM);
  const [x, y] = point(azimuth, RIM + 0.4);
  return (
    <g class="plan-apparent">
      <line x1={x1} y1={y1} x2={x2} y2={y2} />
      <path
        d="M0 -3 L2.3 1.4 L-2.3 1.4 Z"
        transform={`translate(${x} ${y}) rotate(${180 - azimuth})`}
      />
    </g>
  );
}

function TruthMark({ truth }: { truth: Truth }) {
  const [x, y] = point(truth.azimuth, radius(horizontal(truth)));
  return (
    <g class="plan-truth" transform={`translate(${x} ${y})`}>
      <circle class="halo" r="4.4" />
      <circle r="4.4" />
      <circle class="dot" r="0.9" />
    </g>
  );
}

function BestMark({ azimuth, distance }: { azimuth: number; distance: number }) {
  const [x, y] = point(azimuth, radius(distance));
  return (
    <g class="plan-best" transform={`translate(${x} ${y})`}>
      <circle r="2.6" />
    </g>
  );
}

/** The whole picture in words, for those who do not see it. */
function inWords(
  answer: Answer | null,
  posterior: PlacePosterior | null,
  apparent: number | null,
  truth: Truth | null,
  directional: boolean,
): string {
  if (!answer || !posterior) {
    return 'Map of places: no answer yet';
  }
  if (!directional) {
    return 'Map of places: empty, as one channel of sound does not tell directions';
  }
  const hills = posterior
    .hills()
    .slice(0, 3)
    .map((hill) => `${percent(hill.mass)} around ${where(hill.place)}`)
    .join('; ');
  const words = [
    answer.class === BACKGROUND
      ? 'Map of places, seen from above: no hazard is heard; where one would be looked for'
      : `Map of places, seen from above: ${className(answer.class)} imagined ${where(answer.location)}`,
    hills,
  ];
  if (apparent !== null) {
    words.push(`the sound itself seems to come from ${side(apparent)}`);
  }
  if (truth) {
    words.push(`in truth it is ${metres(truth.distance)} away, ${side(truth.azimuth)}`);
  }
  return `${words.join('. ')}.`;
}
