import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { posteriorOf } from '../answer/answer';
import type { Engine, ModelInfo, ReadyView, Senses, ViewFiles } from '../engine/engine';
import type { Remote } from '../engine/rpc';
import type { Lab } from '../engine/worker';
import { fromLink, type Overlay, toLink } from '../link';
import { Microphone } from '../live/microphone';
import { Player } from '../live/player';
import { type Foa, SAMPLE_RATE } from '../sound/foa';
import { type FoaOrder, type Recording, readRecording } from '../sound/recording';
import type { Spectrogram } from '../sound/spectrogram';
import { BACKGROUND, className, percent, where } from '../words';
import { useAsking } from './asking';
import { PictureView } from './PictureView';
import { PlanMap } from './PlanMap';
import { readSamples, type Sample, sampleSound, sampleView } from './samples';
import { sort } from './scene';
import { SenseControls } from './SenseControls';
import { Sources } from './Sources';
import { Timeline } from './Timeline';
import { Classes, Verdict } from './Verdict';

interface Props {
  engine: Engine;
  lab: Remote<Lab>;
  /** Says whom to tell how far the model's download is. */
  onProgress: (tell: (share: number) => void) => void;
}

const MILLIMETRES = 1000;
const LIVE_EVERY_MS = 100;

/** The page. */
export function App({ engine, lab, onProgress }: Props) {
  const [link] = useState(() => fromLink(location.hash));
  const [info, setInfo] = useState<ModelInfo | null>(null);
  const [loaded, setLoaded] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [samples, setSamples] = useState<Sample[]>([]);
  const [sample, setSample] = useState<Sample | null>(null);
  const [recording, setRecording] = useState<Recording | null>(null);
  const [microphone, setMicrophone] = useState<Microphone | null>(null);
  const [spectrogram, setSpectrogram] = useState<Spectrogram | null>(null);
  const [ready, setReady] = useState<ReadyView | null>(null);
  const [files, setFiles] = useState<ViewFiles | null>(null);
  const [senses, setSenses] = useState<Senses>(link.senses);
  const [overlay, setOverlay] = useState<Overlay>(link.overlay);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [order, setOrder] = useState<FoaOrder>('ambix');
  const [hfov, setHfov] = useState(90);
  const [depthScale, setDepthScale] = useState(MILLIMETRES);
  const [copied, setCopied] = useState(false);
  const player = useRef<Player | null>(null);
  const asking = useAsking(info && engine);

  const clipSeconds = info?.clipSeconds ?? 5;
  const duration = microphone
    ? Math.min(clipSeconds, microphone.heard / SAMPLE_RATE)
    : recording
      ? recording.foa[0]!.length / SAMPLE_RATE
      : 0;
  const channels = microphone?.channels ?? recording?.channels ?? 4;
  const directional = channels >= 4;
  const posterior = useMemo(
    () => asking.reply && posteriorOf(asking.reply.answer),
    [asking.reply],
  );

  const attempt = async (work: () => Promise<void>) => {
    try {
      setTrouble(null);
      await work();
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
    }
  };

  const hear = async (heard: Recording, from: number | null) => {
    stop();
    setRecording(heard);
    asking.forget();
    const end = heard.foa[0]!.length / SAMPLE_RATE;
    setTime(Math.min(end, from ?? end));
    setSpectrogram(await lab.spectrogram(heard.foa));
  };

  const see = async (given: ViewFiles | null) => {
    setFiles(given);
    setReady(await engine.look(given));
  };

  const stop = () => {
    player.current?.close();
    player.current = null;
    setPlaying(false);
    microphone?.close();
    setMicrophone(null);
  };

  const showSample = (chosen: Sample, from: number | null) =>
    attempt(async () => {
      const [sound, view] = await Promise.all([sampleSound(chosen.id), sampleView(chosen.id)]);
      const heard = await readRecording(sound, chosen.title, 'ambix');
      await see(view);
      setSample(chosen);
      await hear(heard, from);
    });

  const openFiles = (given: File[]) =>
    attempt(async () => {
      const dropped = await sort(given);
      if (dropped.view) {
        await see({ ...dropped.view, hfov, depthScale });
      } else if (sample && dropped.sound) {
        await see(null);
      }
      setSample(null);
      if (dropped.sound) {
        const bytes = await dropped.sound.arrayBuffer();
        await hear(await readRecording(bytes, dropped.sound.name, order), null);
      }
    });

  const toggleMicrophone = () =>
    attempt(async () => {
      if (microphone) {
        stop();
        return;
      }
      stop();
      const opened = await Microphone.open('microphone.js', order, clipSeconds);
      setRecording(null);
      setSpectrogram(null);
      asking.forget();
      if (sample) {
        await see(null);
        setSample(null);
      }
      setMicrophone(opened);
    });

  const togglePlay = () => {
    if (playing) {
      player.current?.pause();
      setPlaying(false);
      return;
    }
    player.current ??= new Player(recording!.foa, () => {
      setPlaying(false);
      setTime(recording!.foa[0]!.length / SAMPLE_RATE);
    });
    player.current.play(time >= duration - 0.05 ? 0 : time);
    setPlaying(true);
  };

  const seek = (to: number) => {
    setTime(to);
    if (playing) {
      player.current?.play(to);
    }
  };

  // The model, and the scene that the link names.
  useEffect(() => {
    onProgress(setLoaded);
    void attempt(async () => {
      const all = await readSamples();
      setSamples(all);
      const first = all.find((s) => s.id === link.sample) ?? all[0]!;
      await Promise.all([showSample(first, link.time), engine.start().then(setInfo)]);
    });
  }, []);

  // A recording is asked about whenever its window, the senses or the view change.
  useEffect(() => {
    if (recording && time > 0) {
      const end = Math.round(Math.max(1, time) * SAMPLE_RATE);
      const begin = Math.max(0, end - clipSeconds * SAMPLE_RATE);
      asking.ask({
        window: () => recording.foa.map((c) => c.slice(begin, end)) as Foa,
        senses: senses,
      });
    }
  }, [recording, time, senses, ready, info]);

  // What plays moves the window; a microphone is asked about all the time.
  useEffect(() => {
    if (!playing) {
      return;
    }
    let frame = 0;
    const follow = () => {
      setTime(Math.min(duration, Math.max(0.1, player.current?.time() ?? 0)));
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  useEffect(() => {
    if (!microphone) {
      return;
    }
    const timer = setInterval(async () => {
      const window = microphone.window();
      setTime(Math.min(clipSeconds, microphone.heard / SAMPLE_RATE));
      if (window && !asking.isBusy()) {
        asking.ask({ window: () => window, senses: senses });
        setSpectrogram(await lab.spectrogram(window));
      }
    }, LIVE_EVERY_MS);
    return () => clearInterval(timer);
  }, [microphone, senses, ready]);

  // The address always says what is seen.
  const shown = { sample: sample?.id ?? null, time: sample ? time : null, senses, overlay };
  const hash = toLink(shown);
  useEffect(() => {
    if (!playing && (sample || recording || microphone)) {
      history.replaceState(null, '', hash);
    }
  }, [hash, playing]);

  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(new URL(hash, location.href).href);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });

  const answer = asking.reply?.answer ?? null;
  const notes = [
    ...(channels < 4 ? [monoNote(channels, microphone !== null)] : []),
    ...(ready?.notes ?? []),
    ...(answer?.notes ?? []),
  ];
  return (
    <div
      class="page"
      onDragOver={(e) => e.preventDefault()}
      onDrop={(e) => {
        e.preventDefault();
        void openFiles([...(e.dataTransfer?.files ?? [])]);
      }}
    >
      <header class="head">
        <h1>Hearsight</h1>
        <p class="what">imagines the hazard that is heard and cannot be seen</p>
        <button type="button" class="chip" onClick={copy} disabled={!sample}>
          {copied ? 'Link copied' : 'Copy link'}
        </button>
      </header>
      <Sources
        samples={samples}
        shown={sample?.id ?? null}
        listening={microphone !== null}
        order={order}
        hfov={hfov}
        depthScale={depthScale}
        onSample={(id) => showSample(samples.find((s) => s.id === id)!, null)}
        onFiles={openFiles}
        onMicrophone={toggleMicrophone}
        onOrder={setOrder}
        onHfov={(degrees) => {
          setHfov(degrees);
          if (files && !sample) {
            void attempt(() => see({ ...files, hfov: degrees }));
          }
        }}
        onDepthScale={(scale) => {
          setDepthScale(scale);
          if (files && !sample) {
            void attempt(() => see({ ...files, depthScale: scale }));
          }
        }}
      />
      {(trouble ?? asking.refusal) && (
        <p class="trouble" role="alert">
          {trouble ?? asking.refusal}
        </p>
      )}
      <main
        class="board"
        aria-busy={!info || asking.busy}
        data-occlusion={answer?.occlusion_level.toFixed(2)}
      >
        <section class="map" aria-label="Map of places">
          <PlanMap
            answer={answer}
            posterior={posterior}
            horizon={senses.sight ? (ready?.horizon ?? null) : null}
            apparent={asking.reply?.apparent ?? null}
            truth={sample?.truth ?? null}
            directional={directional}
          />
          {!info && <Loading share={loaded} engine={engine.kind} />}
          <Legend truth={sample?.truth != null} />
        </section>
        <Verdict
          answer={answer}
          posterior={posterior}
          apparent={asking.reply?.apparent ?? null}
          truth={sample?.truth ?? null}
          horizon={ready?.horizon ?? null}
          directional={directional}
          sight={senses.sight}
        />
        <PictureView
          ready={ready}
          sight={senses.sight}
          overlay={overlay}
          onOverlay={setOverlay}
          answer={answer}
          posterior={directional && answer?.class !== BACKGROUND ? posterior : null}
          apparent={directional ? (asking.reply?.apparent ?? null) : null}
          truth={sample?.truth ?? null}
        />
        <Classes answer={answer} directional={directional} />
        <SenseControls
          senses={senses}
          level={ready?.view.occlusionLevel ?? 1}
          onChange={setSenses}
        />
        <Timeline
          spectrogram={spectrogram}
          duration={duration}
          time={time}
          window={clipSeconds}
          playing={playing}
          live={microphone !== null}
          onTime={seek}
          onPlay={togglePlay}
        />
      </main>
      <footer class="foot">
        <p>{sample ? sample.text : notesOf(recording, microphone)}</p>
        {notes.length > 0 && (
          <ul class="notes">
            {notes.map((n) => (
              <li key={n}>{n}</li>
            ))}
          </ul>
        )}
        <p class="how">
          {engine.kind === 'browser'
            ? 'The model runs in this browser; nothing leaves this machine.'
            : 'The server of this page answers.'}
          {asking.reply && ` Last answer in ${Math.round(asking.reply.took)} ms.`}
        </p>
      </footer>
      <p class="spoken" role="status">
        {!playing && !microphone && answer ? spoken(answer.class, answer) : ''}
      </p>
    </div>
  );
}

function spoken(name: string, answer: { location: Parameters<typeof where>[0]; confidence: number }) {
  return name === BACKGROUND
    ? 'No hazard.'
    : `${className(name)}, ${where(answer.location)}, confidence ${percent(answer.confidence)}.`;
}

function monoNote(channels: number, live: boolean): string {
  const what = live ? 'this microphone has' : 'this recording has';
  return `${what} ${channels === 1 ? 'one channel' : `${channels} channels`}: enough to tell what is heard; directions need the four of an ambisonic microphone, so no map is drawn`;
}

function notesOf(recording: Recording | null, microphone: Microphone | null): string {
  if (microphone) {
    return `Listening: ${microphone.channels} channel${microphone.channels > 1 ? 's' : ''}, the last five seconds are judged.`;
  }
  return recording ? recording.name : '';
}

function Loading({ share, engine }: { share: number; engine: Engine['kind'] }) {
  return (
    <div class="loading">
      <progress max={1} value={share} aria-label="Loading the model" />
      <p>{engine === 'browser' ? `Loading the model: ${percent(share)}` : 'Asking the server…'}</p>
    </div>
  );
}

function Legend({ truth }: { truth: boolean }) {
  return (
    <ul class="legend" aria-label="Legend">
      <li>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <circle class="plan-best-key" cx="6" cy="6" r="4" />
        </svg>
        imagined
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true" class="wide">
          <path class="region region-50" d="M1 6h5" />
          <path class="region region-80" d="M9 6h5" />
          <path class="region region-90" d="M17 6h6" />
        </svg>
        50, 80, 90 %
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true" class="wide">
          <line class="apparent" x1="0" x2="24" y1="6" y2="6" />
        </svg>
        sounds from
      </li>
      {truth && (
        <li>
          <svg viewBox="0 0 12 12" aria-hidden="true" class="plan-truth">
            <circle cx="6" cy="6" r="4.5" />
            <circle class="dot" cx="6" cy="6" r="1.2" />
          </svg>
          truth
        </li>
      )}
      <li>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <rect class="plan-seen-key" x="0.5" y="0.5" width="11" height="11" rx="2" />
        </svg>
        seen
      </li>
    </ul>
  );
}
