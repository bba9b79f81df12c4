package org.hearsight.core.seld;

import java.util.List;

/**
 * One recording's events, true and predicted.
 *
 * @param name of its file
 */
public record ScoredClip(String name, List<SeldEvent> reference, List<SeldEvent> prediction) {}
