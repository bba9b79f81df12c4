import type { Answer } from '../answer/answer';
import type { PlacePosterior } from '../place/posterior';
import { BACKGROUND, className, metres, percent, side, where } from '../words';
import type { Truth } from './samples';

interface Props {
  answer: Answer | null;
  posterior: PlacePosterior | null;
  apparent: number | null;
  truth: Truth | null;
  horizon: ReadonlyArray<[number, number]> | null;
  directional: boolean;
  sight: boolean;
}

/** A place is behind a surface that is nearer than this share of its distance. */
const BEFORE = 0.85;

/** The answer in words. */
export function Verdict(props: Props) {
  const { answer, posterior, apparent, truth, directional } = props;
  if (!answer || !posterior) {
    return (
      <section class="verdict" aria-label="Answer">
        <p class="verdict-kicker">Imagined</p>
        <h2 class="waiting">–</h2>
      </section>
    );
  }
  const hazard = answer.class !== BACKGROUND;
  return (
    <section class="verdict" aria-label="Answer">
      <p class={hazard ? 'verdict-kicker' : 'verdict-kicker calm'}>{hazard ? 'Imagined hazard' : 'No hazard'}</p>
      <h2>
        {className(answer.class)}
        {hazard && directional && <span class="verdict-place">{where(answer.location)}</span>}
      </h2>
      <p class="verdict-text">{sentence(props, answer, hazard)}</p>
      <dl class="facts">
        <div>
          <dt>Confidence</dt>
          <dd>{percent(answer.confidence)}</dd>
        </div>
        {directional && hazard && (
          <div>
            <dt>Spread</dt>
            <dd>{spread(answer)}</dd>
          </div>
        )}
        {directional && apparent !== null && (
          <div>
            <dt>Sounds from</dt>
            <dd>{side(apparent)}</dd>
          </div>
        )}
        {truth && (
          <div>
            <dt>Truth</dt>
            <dd>
              {className(truth.class)}, {metres(truth.distance)}, {side(truth.azimuth)}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function sentence({ horizon, directional, sight }: Props, answer: Answer, hazard: boolean): string {
  if (answer.unknown?.said) {
    return 'It sounds like nothing the model was taught: take class and place with care.';
  }
  if (!directional) {
    return 'One channel of sound tells what is heard, not from where: no map is drawn.';
  }
  if (!hazard) {
    return 'What is heard is ambience. The map shows where a hazard would be looked for.';
  }
  const { azimuth, distance } = answer.location;
  if (!sight) {
    return 'Imagined from sound alone: sight is switched off.';
  }
  if (Math.abs(azimuth) > 45) {
    return `Outside the view, which ends 45° to the ${azimuth > 0 ? 'left' : 'right'}.`;
  }
  const surface = horizon?.reduce((a, b) =>
    Math.abs(b[0] - azimuth) < Math.abs(a[0] - azimuth) ? b : a,
  );
  if (surface && surface[1] < BEFORE * distance) {
    return `Hidden: in that direction the camera sees a surface at ${metres(surface[1])}.`;
  }
  return horizon ? 'Nothing stands before it at the height of the camera.' : 'In the view; its depth is not known.';
}

/** As in "±7°, 16 to 28 m". */
function spread({ location, spread }: Answer): string {
  const near = metres(location.distance / spread.distance_factor);
  const far = metres(location.distance * spread.distance_factor);
  return `±${Math.round(spread.degrees)}°, ${near.replace(' m', '')} to ${far}`;
}

/** How probable each class is, and what each sense had to do with the place. */
export function Classes({ answer, directional }: { answer: Answer | null; directional: boolean }) {
  const rows = answer ? Object.entries(answer.probabilities) : [];
  return (
    <section
      class={answer?.class === BACKGROUND ? 'classes calm' : 'classes'}
      aria-label="Classes"
    >
      <h3 id="classes">Class</h3>
      <ul aria-labelledby="classes">
        {rows.map(([name, p]) => (
          <li key={name} class={name === answer!.class ? 'top' : ''}>
            <span class="name">{className(name)}</span>
            <span class="bar" aria-hidden="true">
              <i style={{ width: `${100 * p}%` }} />
            </span>
            <span class="value">{percent(p)}</span>
          </li>
        ))}
      </ul>
      <h3>What moved the map</h3>
      {answer && directional ? (
        <div class="weights">
          <span class="bar" aria-hidden="true">
            <i style={{ width: `${100 * answer.reliability.audio}%` }} />
          </span>
          <p>
            <span>hearing {percent(answer.reliability.audio)}</span>
            <span>sight {percent(answer.reliability.visual)}</span>
          </p>
        </div>
      ) : (
        <p class="none">–</p>
      )}
    </section>
  );
}
