import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { posteriorOf } from '../answer/answer';
import type { Engine, ModelInfo, Senses, ViewFiles } from '../engine/engine';
import type { Remote } from '../engine/rpc';
import type { Lab } from '../engine/worker';
import { fromLink, type Overlay, toLink } from '../link';
import { Microphone } from '../live/microphone';
import { Player } from '../live/player';
import { SAMPLE_RATE } from '../sound/foa';
import { type FoaOrder, type Recording, readRecording } from '../sound/recording';
import { BACKGROUND, className, percent, reason, where } from '../words';
import { useAsking } from './asking';
import { PictureView } from './PictureView';
import { PlanMap } from './PlanMap';
import { readSamples, type Sample, sampleSound, sampleView } from './samples';
import { sort } from './scene';
import { SenseControls } from './SenseControls';
import { type Scene, useShowing } from './showing';
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
  const [stopped, setStopped] = useState<string | null>(null);
  const [samples, setSamples] = useState<Sample[]>([]);
  const [senses, setSenses] = useState<Senses>(link.senses);
  const [overlay, setOverlay] = useState<Overlay>(link.overlay);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [order, setOrder] = useState<FoaOrder>('ambix');
  const [hfov, setHfov] = useState(90);
  const [depthScale, setDepthScale] = useState(MILLIMETRES);
  const [copied, setCopied] = useState(false);
  const player = useRef<Player | null>(null);
  const { scene, loading, trouble, showing } = useShowing();
  const { replied, refusal, busy, asking } = useAsking(info && engine);
  const { sample, recording, microphone, channels, spectrogram, ready } = scene;

  const length = microphone
    ? Math.min(info!.clipSeconds, microphone.heard / SAMPLE_RATE)
    : recording
      ? secondsOf(recording)
      : 0;
  const directional = channels >= 4;
  const reply = replied?.reply ?? null;
  const posterior = useMemo(() => reply && posteriorOf(reply.answer), [reply]);

  const stopPlaying = () => {
    player.current?.close();
    player.current = null;
    setPlaying(false);
  };

  /** Another recording begins, or a microphone; a recording is judged up to a time, or its end. */
  const hear = (heard: Recording | null, until: number | null) => {
    stopPlaying();
    asking.forget();
    const end = heard ? secondsOf(heard) : 0;
    setTime(Math.min(end, until ?? end));
  };

  const showSample = (chosen: Sample, until: number | null) =>
    showing.change(
      (signal) => prepared(chosen, signal),
      ({ recording: heard }) => hear(heard, until),
    );

  const prepared = async (chosen: Sample, signal: AbortSignal) => {
    const [sound, view] = await Promise.all([
      sampleSound(chosen.id, signal),
      sampleView(chosen.id, signal),
    ]);
    const heard = await readRecording(sound, chosen.title, 'ambix');
    return { sample: chosen, ...(await sounding(heard)), ready: await engine.look(view) };
  };

  const sounding = async (heard: Recording) => ({
    recording: heard,
    microphone: null,
    channels: heard.channels,
    spectrogram: await lab.spectrogram(heard.foa),
  });

  const openFiles = (given: File[]) => {
    let anotherSound = false;
    return showing.change(
      async () => {
        const { sound, view } = await sort(given);
        anotherSound = sound !== undefined;
        const heard =
          sound && (await readRecording(await sound.arrayBuffer(), sound.name, order));
        return {
          sample: null,
          ...(heard && (await sounding(heard))),
          ...(view && { ready: await engine.look({ ...view, hfov, depthScale }) }),
          ...(!view && sample && sound && { ready: await engine.look(null) }),
        };
      },
      ({ recording: heard }) => (anotherSound ? hear(heard, null) : asking.forget()),
    );
  };

  /** The view that is shown, of a camera or depth that is said to be another one. */
  const lookAgain = (said: Partial<ViewFiles>) => {
    const files = ready?.files;
    if (files && !sample) {
      void showing.change(
        async () => ({ ready: await engine.look({ ...files, ...said }) }),
        () => asking.forget(),
      );
    }
  };

  const toggleMicrophone = () => {
    if (microphone) {
      showing.stopListening();
      return;
    }
    stopPlaying();
    void showing.change(
      async (signal) => {
        const opened = await Microphone.open('microphone.js', order, info!.clipSeconds, signal);
        opened.lost = () => showing.stopListening('the microphone is gone: plug it in, or allow it');
        try {
          return {
            sample: null,
            recording: null,
            spectrogram: null,
            microphone: opened,
            channels: opened.channels,
            ...(sample && { ready: await engine.look(null) }),
          };
        } catch (e) {
          opened.close();
          throw e;
        }
      },
      () => hear(null, null),
    );
  };

  const togglePlay = () => {
    if (playing) {
      player.current?.pause();
      setPlaying(false);
      return;
    }
    player.current ??= new Player(recording!.foa, () => {
      setPlaying(false);
      setTime(secondsOf(recording!));
    });
    player.current.play(time >= length - 0.05 ? 0 : time);
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
    engine.start().then(setInfo, (e) => setStopped(`no model: ${reason(e)}`));
    void showing.change(
      async (signal) => {
        const all = await readSamples();
        setSamples(all);
        return prepared(all.find((s) => s.id === link.sample) ?? all[0]!, signal);
      },
      ({ recording: heard }) => hear(heard, link.time),
    );
  }, []);

  // A recording is asked about whenever its window, the senses or the view change.
  useEffect(() => {
    if (info && recording && time > 0) {
      const end = Math.round(Math.max(1, time) * SAMPLE_RATE);
      const begin = Math.max(0, end - info.clipSeconds * SAMPLE_RATE);
      asking.ask({
        window: () => recording.foa.map((c) => c.slice(begin, end)),
        senses,
        view: ready,
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
      setTime(Math.min(length, Math.max(0.1, player.current?.time() ?? 0)));
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  useEffect(() => {
    if (!microphone) {
      return;
    }
    const timer = setInterval(() => {
      const window = microphone.window();
      setTime(Math.min(info!.clipSeconds, microphone.heard / SAMPLE_RATE));
      if (window && !asking.busy) {
        asking.ask({ window: () => window, senses, view: ready });
        lab.spectrogram(window).then(
          (drawn) => showing.draw(microphone, drawn),
          () => {}, // what fails here fails for the question, too, which says so
        );
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

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(hash, location.href).href);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch (e) {
      showing.say(`the link is not copied: ${reason(e)}`);
    }
  };

  const answer = reply?.answer ?? null;
  const apparent = reply?.apparent ?? null;
  const wrong = stopped ?? trouble ?? refusal;
  const notes = [
    ...(channels < 4 ? [monoNote(channels)] : []),
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
        canListen={info !== null}
        order={order}
        hfov={hfov}
        depthScale={depthScale}
        onSample={(id) => showSample(samples.find((s) => s.id === id)!, null)}
        onFiles={openFiles}
        onMicrophone={toggleMicrophone}
        onOrder={setOrder}
        onHfov={(degrees) => {
          setHfov(degrees);
          lookAgain({ hfov: degrees });
        }}
        onDepthScale={(scale) => {
          setDepthScale(scale);
          lookAgain({ depthScale: scale });
        }}
      />
      {wrong && (
        <p class="trouble" role="alert">
          {wrong}
        </p>
      )}
      <main
        class="board"
        aria-busy={!info || loading || busy}
        data-occlusion={answer?.occlusion_level.toFixed(2)}
      >
        <section class="map" aria-label="Map of places">
          <PlanMap
            answer={answer}
            posterior={posterior}
            horizon={senses.sight ? (ready?.horizon ?? null) : null}
            apparent={apparent}
            truth={sample?.truth ?? null}
            directional={directional}
          />
          {!info && !stopped && <Loading share={loaded} engine={engine.kind} />}
          <Legend truth={sample?.truth != null} />
        </section>
        <Verdict
          answer={answer}
          posterior={posterior}
          apparent={apparent}
          truth={sample?.truth ?? null}
          horizon={ready?.horizon ?? null}
          directional={directional}
          sight={replied?.question.senses.sight ?? senses.sight}
        />
        <PictureView
          ready={ready}
          sight={senses.sight}
          overlay={overlay}
          onOverlay={setOverlay}
          answer={answer}
          posterior={directional && answer?.class !== BACKGROUND ? posterior : null}
          apparent={directional ? apparent : null}
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
          duration={length}
          time={time}
          window={info?.clipSeconds ?? length}
          playing={playing}
          live={microphone !== null}
          onTime={seek}
          onPlay={togglePlay}
        />
      </main>
      <footer class="foot">
        <p>{sample ? sample.text : notesOf(scene, info)}</p>
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
          {reply && ` Last answer in ${Math.round(reply.took)} ms.`}
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

function monoNote(channels: number): string {
  return `the sound has ${channels === 1 ? 'one channel' : `${channels} channels`}: enough to tell what is heard; directions need the four of an ambisonic microphone, so no map is drawn`;
}

function secondsOf(recording: Recording): number {
  return recording.foa[0]!.length / SAMPLE_RATE;
}

function notesOf({ recording, microphone }: Scene, info: ModelInfo | null): string {
  if (microphone) {
    return `Listening: ${microphone.channels} channel${microphone.channels > 1 ? 's' : ''}, the last ${info!.clipSeconds} seconds are judged.`;
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
