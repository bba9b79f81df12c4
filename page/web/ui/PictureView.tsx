import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type Answer, SHARES } from '../answer/answer';
import type { ReadyView } from '../engine/engine';
import type { Overlay } from '../link';
import type { PlacePosterior } from '../place/posterior';
import { SIZE, type View } from '../vision/view';
import { percent } from '../words';
import { cellBoxes, column, outsideView, pictureBorder, pictureHeat } from './projection';
import type { Truth } from './samples';

interface Props {
  ready: ReadyView | null;
  /** Is the camera's eye open? */
  sight: boolean;
  overlay: Overlay;
  onOverlay: (overlay: Overlay) => void;
  answer: Answer | null;
  posterior: PlacePosterior | null;
  apparent: number | null;
  truth: Truth | null;
}

/** The accent colour, as pictures need it: bright on dark and on light ones. */
const GLOW = [255, 106, 31];

/** What is less probable is not told at the picture's edges. */
const LEAST_OUTSIDE = 0.05;

const OVERLAYS: Array<[Overlay, string]> = [
  ['picture', 'Picture'],
  ['depth', 'Depth'],
  ['occlusion', 'Occlusion'],
];

/** What the camera sees, with the map of places drawn into it. */
export function PictureView(props: Props) {
  const { ready, sight, overlay, onOverlay } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = sight ? (ready?.view ?? null) : null;
  useEffect(() => paint(canvas.current!, view, overlay), [view, overlay]);
  return (
    <section class="picture" aria-label="Picture">
      <div class="picture-frame">
        <canvas
          ref={canvas}
          width={SIZE}
          height={SIZE}
          role="img"
          aria-label={view ? `The camera's ${overlay}, 90° wide` : 'The camera is switched off'}
        />
        <Places {...props} />
        {!view && <p class="picture-none">{sight ? 'No picture' : 'Sight is off'}</p>}
      </div>
      <div class="segments" role="radiogroup" aria-label="What the picture shows">
        {OVERLAYS.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name="overlay"
              checked={overlay === value}
              onChange={() => onOverlay(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </section>
  );
}

function Places({ ready, posterior, answer, apparent, truth }: Props) {
  const height = ready?.cameraHeight ?? 1.2;
  const rise = posterior?.rise ?? 0;
  const boxes = useMemo(() => cellBoxes(height, rise), [height, rise]);
  const glow = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = glow.current!.getContext('2d')!;
    context.clearRect(0, 0, SIZE, SIZE);
    if (posterior) {
      const heat = pictureHeat(posterior.probabilities, boxes);
      const image = context.createImageData(SIZE, SIZE);
      heat.forEach((v, i) => {
        image.data.set([...GLOW, 215 * Math.sqrt(v)], 4 * i);
      });
      context.putImageData(image, 0, 0);
    }
  }, [posterior, boxes]);
  const out = posterior && outsideView(posterior.probabilities);
  const inside = out ? 1 - out.left - out.right - out.behind : 0;
  return (
    <>
      <canvas ref={glow} class="picture-heat" width={SIZE} height={SIZE} aria-hidden="true" />
      <svg class="picture-lines" viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        {posterior &&
          answer &&
          inside > 0.05 &&
          [...SHARES].reverse().map((share) => (
            <path
              key={share}
              class={`region region-${share}`}
              d={pictureBorder(
                posterior.region(answer.regions?.[`${share}%`] ?? share / 100),
                boxes,
              )}
            />
          ))}
        {posterior && apparent !== null && Math.abs(apparent) < 44.5 && (
          <line class="apparent" x1={column(apparent)} x2={column(apparent)} y1="0" y2={SIZE} />
        )}
        {truth && Math.abs(truth.azimuth) < 44 && <TruthInPicture truth={truth} />}
      </svg>
      {out && Math.max(out.left, out.right, out.behind) >= LEAST_OUTSIDE && (
        <p class="picture-outside">
          <span>{out.left >= LEAST_OUTSIDE && `◂ ${percent(out.left)}`}</span>
          <span>{out.behind >= LEAST_OUTSIDE && `${percent(out.behind)} behind`}</span>
          <span>{out.right >= LEAST_OUTSIDE && `${percent(out.right)} ▸`}</span>
        </p>
      )}
    </>
  );
}

function TruthInPicture({ truth }: { truth: Truth }) {
  const up = Math.tan((truth.elevation * Math.PI) / 180) / Math.cos((truth.azimuth * Math.PI) / 180);
  const x = column(truth.azimuth);
  const y = ((1 - up) / 2) * SIZE;
  return (
    <g class="plan-truth" transform={`translate(${x} ${y})`}>
      <circle class="halo" r="7" />
      <circle r="7" />
      <circle class="dot" r="1.4" />
    </g>
  );
}

function paint(canvas: HTMLCanvasElement, view: View | null, overlay: Overlay): void {
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, SIZE, SIZE);
  if (!view) {
    return;
  }
  const image = context.createImageData(SIZE, SIZE);
  const n = SIZE * SIZE;
  for (let i = 0; i < n; i++) {
    const rgb = [view.rgb[i]!, view.rgb[n + i]!, view.rgb[2 * n + i]!].map((v) => 255 * v);
    const pixel =
      overlay === 'depth'
        ? depthColour(view.depth[i]!)
        : overlay === 'occlusion'
          ? occluded(rgb, view.occlusion[i]!, i)
          : rgb;
    image.data.set([...pixel, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

const NEAREST = Math.log(1);
const FARTHEST = Math.log(65);

/** Near is light, far is dark, unknown is black. */
function depthColour(metres: number): number[] {
  if (metres === 0) {
    return [12, 14, 18];
  }
  const share = Math.max(0, Math.min(1, (Math.log(metres) - NEAREST) / (FARTHEST - NEAREST)));
  return [238 - 200 * share, 236 - 178 * share, 228 - 130 * share];
}

/** What hides places is hatched, the rest pale. */
function occluded(rgb: number[], share: number, i: number): number[] {
  const gray = (rgb[0]! + rgb[1]! + rgb[2]!) / 3;
  const hatch = ((i % SIZE) + Math.floor(i / SIZE)) % 8 < 4 ? 0.62 : 0.4;
  return share > 0.5
    ? [gray * hatch * 0.9, gray * hatch * 0.95, gray * hatch * 1.1]
    : [200 + gray * 0.2, 200 + gray * 0.2, 198 + gray * 0.2];
}
