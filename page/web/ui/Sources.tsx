import { useRef, useState } from 'preact/hooks';
import type { FoaOrder } from '../sound/recording';
import type { Sample } from './samples';

interface Props {
  samples: Sample[];
  /** The sample that is shown; null for other sounds. */
  shown: string | null;
  listening: boolean;
  /** Is it known how much sound the model judges? */
  canListen: boolean;
  order: FoaOrder;
  hfov: number;
  depthScale: number;
  onSample: (id: string) => void;
  onFiles: (files: File[]) => void;
  onMicrophone: () => void;
  onOrder: (order: FoaOrder) => void;
  onHfov: (degrees: number) => void;
  onDepthScale: (valuesPerMetre: number) => void;
}

/** Where sound and pictures come from. */
export function Sources(props: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <section class="sources" aria-label="Scene">
      <div class="chips" role="group" aria-label="Bundled samples">
        {props.samples.map((s) => (
          <button
            key={s.id}
            type="button"
            class="chip"
            aria-pressed={props.shown === s.id}
            onClick={() => props.onSample(s.id)}
          >
            {s.title}
          </button>
        ))}
      </div>
      <div class="actions">
        <button type="button" class="chip" onClick={() => picker.current!.click()}>
          Open files…
        </button>
        <input
          ref={picker}
          class="hidden"
          type="file"
          multiple
          accept="audio/*,.wav,.flac,image/png,image/jpeg"
          aria-label="Recording, picture, depth"
          tabIndex={-1}
          onChange={(e) => {
            props.onFiles([...(e.currentTarget.files ?? [])]);
            e.currentTarget.value = '';
          }}
        />
        <button
          type="button"
          class="chip"
          aria-pressed={props.listening}
          disabled={!props.canListen}
          onClick={props.onMicrophone}
        >
          {props.listening ? 'Stop listening' : 'Microphone'}
        </button>
        <button
          type="button"
          class="chip"
          aria-expanded={open}
          aria-controls="inputs"
          onClick={() => setOpen(!open)}
        >
          Inputs
        </button>
      </div>
      <div id="inputs" class="inputs" hidden={!open}>
        <p>
          Drop a recording (WAV, FLAC: four channels, or one), a picture (PNG, JPEG), its depth
          (16-bit PNG) and, if there is one, the occlusion (8-bit gray PNG). They stay on this
          machine where the model runs in the browser.
        </p>
        <label>
          Four channels are
          <select
            value={props.order}
            onChange={(e) => props.onOrder(e.currentTarget.value as FoaOrder)}
          >
            <option value="ambix">AmbiX: W Y Z X, SN3D</option>
            <option value="n3d">W Y Z X, N3D</option>
            <option value="fuma">FuMa: W X Y Z</option>
          </select>
        </label>
        <label>
          Camera sees
          <span>
            <input
              type="number"
              min={10}
              max={170}
              value={props.hfov}
              onChange={(e) => props.onHfov(Number(e.currentTarget.value))}
            />
            ° across
          </span>
        </label>
        <label>
          Depth has
          <span>
            <input
              type="number"
              min={1}
              max={100000}
              value={props.depthScale}
              onChange={(e) => props.onDepthScale(Number(e.currentTarget.value))}
            />
            values a metre
          </span>
        </label>
      </div>
    </section>
  );
}
