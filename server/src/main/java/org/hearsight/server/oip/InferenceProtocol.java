package org.hearsight.server.oip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.scene.HeadAnswer;
import org.hearsight.inference.scene.SceneTensors;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Answer;
import org.hearsight.server.http.Body;
import org.hearsight.server.http.Gate;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.work.MicroBatches;
import org.hearsight.server.work.Outcome;

/** The Open Inference Protocol under {@code /v2}: health, metadata and inference. */
public final class InferenceProtocol implements AutoCloseable {
  /** What the model is called. */
  public static final String MODEL = "hearsight";

  private static final String VERSION = "1";
  private static final int LARGEST_BATCH = 16;

  private final ModelTensors tensors;
  private final MicroBatches<SceneTensors, HeadAnswer> batches;
  private final Admission admission;
  private final Limits limits;
  private final String version;
  private final BooleanSupplier ready;

  /**
   * @param version of Hearsight
   * @param ready was there a first answer, and are more to come?
   */
  public InferenceProtocol(
      Hearsight hearsight,
      String version,
      Admission admission,
      Limits limits,
      BooleanSupplier ready) {
    this.tensors = new ModelTensors(hearsight.card());
    this.batches =
        new MicroBatches<>(
            scenes -> answer(hearsight, scenes), LARGEST_BATCH, limits.queue(), size -> {});
    this.version = version;
    this.admission = admission;
    this.limits = limits;
    this.ready = ready;
  }

  /** Numbers out of all bounds are not the model's fault here, but of who gave them. */
  private static List<HeadAnswer> answer(Hearsight hearsight, List<SceneTensors> scenes) {
    try {
      return hearsight.answer(scenes);
    } catch (InputException e) {
      if (e.fault() == InputException.Fault.MODEL) {
        throw new InputException(
            "inputs", "the model has no answer to these numbers", "see docs/export.md", e);
      }
      throw e;
    }
  }

  /** {@code GET /v2}. */
  public void server(Context ctx) {
    ObjectNode document = Json.object().put("name", MODEL).put("version", version);
    document.putArray("extensions");
    Answer.json(ctx, document);
  }

  /** {@code GET /v2/health/live}. */
  public void live(Context ctx) {
    Answer.json(ctx, Json.object().put("live", true));
  }

  /** {@code GET /v2/health/ready}. */
  public void ready(Context ctx) {
    boolean is = ready.getAsBoolean();
    Answer.json(ctx, Json.object().put("live", true).put("ready", is));
    ctx.status(is ? 200 : 503);
  }

  /** {@code GET /v2/models/{model}[/versions/{version}]/ready}. */
  public void modelReady(Context ctx) {
    requireModel(ctx);
    boolean is = ready.getAsBoolean();
    Answer.json(ctx, Json.object().put("name", MODEL).put("ready", is));
    ctx.status(is ? 200 : 503);
  }

  /** {@code GET /v2/models/{model}[/versions/{version}]}. */
  public void model(Context ctx) {
    requireModel(ctx);
    ObjectNode document = Json.object().put("name", MODEL);
    document.putArray("versions").add(VERSION);
    document.put("platform", "onnxruntime_onnx");
    document.set("inputs", tensors.describeInputs());
    document.set("outputs", tensors.describeOutputs());
    Answer.json(ctx, document);
  }

  private static void requireModel(Context ctx) {
    String version = ctx.pathParamMap().get("version");
    if (!ctx.pathParam("model").equals(MODEL) || (version != null && !version.equals(VERSION))) {
      throw new Problem(
          Problem.Kind.NOT_FOUND,
          "there is no such model; there is %s, version %s".formatted(MODEL, VERSION));
    }
  }

  /** {@code POST /v2/models/{model}[/versions/{version}]/infer}. */
  public void infer(Context ctx) {
    requireModel(ctx);
    Accepts.require(ctx, Accepts.JSON);
    if (!Accepts.sent(ctx).equals(Accepts.JSON)) {
      throw new Problem(Problem.Kind.UNSUPPORTED, "Content-Type: expected " + Accepts.JSON);
    }
    Admission.Place place = admission.request(Gate.client(ctx));
    // Tensors take as much memory as their text: it is counted until they are answered.
    try (Body body = Body.read(ctx, admission, limits)) {
      TensorRequest request = TensorRequest.read(body.bytes());
      List<String> outputs = outputs(request);
      List<SceneTensors> scenes = tensors.scenes(request.inputs(), limits.scenes());
      List<HeadAnswer> answers = new ArrayList<>();
      for (Outcome<HeadAnswer> outcome : batches.outcomes(scenes, limits.answerSeconds())) {
        answers.add(outcome.orThrow());
      }
      Answer.json(ctx, document(request.id(), outputs, answers));
    } finally {
      place.close();
    }
  }

  private List<String> outputs(TensorRequest request) {
    for (String name : request.outputs()) {
      if (!tensors.hasOutput(name)) {
        throw new Problem(
            Problem.Kind.BAD_REQUEST,
            "%s: is not an output; there are %s"
                .formatted(name, String.join(", ", tensors.outputNames())));
      }
    }
    return request.outputs().isEmpty() ? tensors.outputNames() : List.copyOf(request.outputs());
  }

  private ObjectNode document(String id, List<String> outputs, List<HeadAnswer> answers) {
    ObjectNode document = Json.object().put("model_name", MODEL).put("model_version", VERSION);
    if (id != null) {
      document.put("id", id);
    }
    ArrayNode all = document.putArray("outputs");
    for (String name : outputs) {
      ObjectNode output = all.addObject().put("name", name);
      ArrayNode shape = output.putArray("shape");
      tensors.shape(name, answers.size()).forEach(shape::add);
      output.put("datatype", "FP32");
      ArrayNode data = output.putArray("data");
      for (HeadAnswer answer : answers) {
        for (float number : ModelTensors.output(name, answer)) {
          data.add(number);
        }
      }
    }
    return document;
  }

  /** Answers what waits, and ends. */
  @Override
  public void close() {
    batches.close();
  }
}
