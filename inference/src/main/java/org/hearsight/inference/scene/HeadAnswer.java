package org.hearsight.inference.scene;

import java.util.Map;
import org.hearsight.core.imagination.Imagination;

/**
 * An answer, and the numbers of the head that it was read from.
 *
 * @param numbers by the names of {@link Answers#OUTPUTS}
 */
public record HeadAnswer(Map<String, float[]> numbers, Imagination imagination) {}
