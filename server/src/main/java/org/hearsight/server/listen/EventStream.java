package org.hearsight.server.listen;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.hearsight.core.audio.PcmStream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Gate;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.Fields;

/**
 * {@code POST /v1/listen}: samples go in as long as somebody sends them, and meanwhile a
 * server-sent event comes out for each hop. Who sends faster than is answered waits.
 */
public final class EventStream {
  private static final String EVENTS = "text/event-stream";
  private static final List<String> SAMPLES = List.of("application/octet-stream", "audio/pcm");
  private static final int PIECE = 1 << 15;

  private final Streams streams;

  public EventStream(Streams streams) {
    this.streams = streams;
  }

  /** Listens until the samples end. */
  public void listen(Context ctx) throws IOException {
    Accepts.require(ctx, EVENTS);
    if (!SAMPLES.contains(Accepts.sent(ctx))) {
      throw new Problem(
          Problem.Kind.UNSUPPORTED,
          "Content-Type: send samples without a header as application/octet-stream; their layout"
              + " stands in the address");
    }
    StreamOptions options = StreamOptions.of(ctx.queryParamMap());
    String view = ctx.queryParam("view");
    Fields fields = new Fields(Map.of(), view == null ? Map.of() : Map.of("view", view));
    Admission.Place place = streams.admission().stream(Gate.client(ctx));
    try {
      Hops hops = streams.hops(options);
      hops.see(streams.look(fields));
      ctx.contentType(EVENTS);
      listen(ctx.req().getInputStream(), ctx.outputStream(), hops, new PcmStream(options.layout()));
    } finally {
      place.close();
    }
  }

  private void listen(InputStream in, OutputStream out, Hops hops, PcmStream stream)
      throws IOException {
    out.flush(); // the client learns at once that it is listened to
    try {
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0 && !streams.admission().isClosed(); n = in.read(piece)) {
        send(out, "hop", hops.push(0, stream.push(piece, n), null));
      }
      send(out, "hop", hops.push(0, stream.end(), null));
      send(out, "end", hops.end());
    } catch (InputException e) {
      refuse(out, Problem.of(e));
    } catch (Problem e) {
      refuse(out, e);
    } catch (CancellationException e) {
      refuse(out, Problem.later(Problem.Kind.UNAVAILABLE, "the server is stopping", 10));
    } catch (IOException e) {
      if (!Body.isTimeout(e)) {
        throw e; // who sent is gone
      }
      refuse(
          out,
          new Problem(
              Problem.Kind.TIMEOUT,
              "no samples came for %d s; send silence to keep a stream open"
                  .formatted(streams.idleSeconds())));
    }
  }

  /** The status has gone out long ago. */
  private static void refuse(OutputStream out, Problem problem) throws IOException {
    send(out, "problem", List.of(Json.line(problem.document())));
  }

  private static void send(OutputStream out, String event, List<String> lines) throws IOException {
    for (String line : lines) {
      String text = "event: " + event + "\ndata: " + line + "\n\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
