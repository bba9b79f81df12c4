import { useEffect, useRef } from 'preact/hooks';
import type { Spectrogram } from '../sound/spectrogram';
import { seconds } from '../words';

interface Props {
  spectrogram: Spectrogram | null;
  duration: number;
  /** End of the judged window, seconds. */
  time: number;
  /** Seconds of a window. */
  window: number;
  playing: boolean;
  live: boolean;
  onTime: (time: number) => void;
  onPlay: () => void;
}

const HEIGHT = 64;

/** What is heard, with the window that is judged. */
export function Timeline(props: Props) {
  const { spectrogram, duration, time, playing, live, onTime, onPlay } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (spectrogram) {
      paint(canvas.current!, spectrogram);
    }
  }, [spectrogram]);
  const from = Math.max(0, time - props.window);
  const share = (t: number) => (duration > 0 ? (100 * t) / duration : 0);
  return (
    <section class="timeline" aria-label="Sound">
      <button
        type="button"
        class="play"
        onClick={onPlay}
        disabled={live || duration === 0}
        aria-label={playing ? 'Pause' : 'Play'}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {playing ? <path d="M3 2h4v12H3zM9 2h4v12H9z" /> : <path d="M4 2l10 6-10 6z" />}
        </svg>
      </button>
      <div class="track">
        <canvas
          ref={canvas}
          height={HEIGHT}
          width={1}
          role="img"
          aria-label={`Spectrogram of ${seconds(duration)} of sound`}
        />
        {duration > 0 && (
          <svg
            class="track-window"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect class="dim" x={0} y={0} width={share(from)} height={10} />
            <rect class="dim" x={share(time)} y={0} width={100 - share(time)} height={10} />
            <line x1={share(time)} x2={share(time)} y1={0} y2={10} />
          </svg>
        )}
        <input
          type="range"
          min={Math.min(1, duration)}
          max={duration}
          step={0.1}
          value={time}
          disabled={live || duration <= 1}
          aria-label="End of the judged window"
          aria-valuetext={`judged from ${seconds(from)} to ${seconds(time)}`}
          onInput={(e) => onTime(Number(e.currentTarget.value))}
        />
      </div>
      <p class="times">
        {live ? <b class="live">live</b> : null}
        {duration > 0
          ? `judged: ${from.toFixed(1)} – ${time.toFixed(1)} of ${duration.toFixed(1)} s`
          : 'no sound yet'}
      </p>
    </section>
  );
}

function paint(canvas: HTMLCanvasElement, { frames, bands, levels }: Spectrogram): void {
  canvas.width = Math.max(1, frames);
  canvas.height = bands;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(canvas.width, bands);
  for (let t = 0; t < frames; t++) {
    for (let band = 0; band < bands; band++) {
      const level = levels[t * bands + band]! / 255;
      const at = 4 * ((bands - 1 - band) * canvas.width + t);
      image.data[at + 3] = 255 * level ** 1.6; // black; the style inverts it where it is dark
    }
  }
  context.putImageData(image, 0, 0);
}
