import type { Senses } from '../engine/engine';
import { percent } from '../words';

interface Props {
  senses: Senses;
  /** The view's own level. */
  level: number;
  onChange: (senses: Senses) => void;
}

/** Switches for each sense, and how much of the view is to count as occluded. */
export function SenseControls({ senses, level, onChange }: Props) {
  const shown = senses.occlusion ?? level;
  return (
    <section class="senses" aria-label="Senses">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={senses.hearing}
          onChange={(e) => onChange({ ...senses, hearing: e.currentTarget.checked })}
        />
        <span>Hearing</span>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={senses.sight}
          onChange={(e) => onChange({ ...senses, sight: e.currentTarget.checked })}
        />
        <span>Sight</span>
      </label>
      <div class="occlusion">
        <label for="occlusion">Occluded view</label>
        <input
          id="occlusion"
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={shown}
          disabled={!senses.sight}
          aria-valuetext={percent(shown)}
          onInput={(e) => onChange({ ...senses, occlusion: Number(e.currentTarget.value) })}
        />
        <output for="occlusion">{percent(shown)}</output>
        <button
          type="button"
          class="quiet"
          disabled={senses.occlusion === null || !senses.sight}
          onClick={() => onChange({ ...senses, occlusion: null })}
        >
          As seen
        </button>
      </div>
    </section>
  );
}
