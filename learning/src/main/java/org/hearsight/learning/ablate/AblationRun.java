package org.hearsight.learning.ablate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.NanAsNull;

/**
 * A finished row of one seed.
 *
 * @param row its name
 * @param epochs that were trained
 * @param bestEpoch whose weights answered
 * @param seconds of training and answering; NaN where it was stopped and gone on with
 * @param scores of the model, and of the model with a sense of another scene
 */
@JsonPropertyOrder({"row", "seed", "epochs", "best_epoch", "seconds", "scores"})
public record AblationRun(
    String row,
    long seed,
    int epochs,
    @JsonProperty("best_epoch") int bestEpoch,
    @NanAsNull double seconds,
    Map<String, ImaginationScores> scores) {}
