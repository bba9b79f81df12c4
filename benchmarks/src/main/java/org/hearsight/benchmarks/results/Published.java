package org.hearsight.benchmarks.results;

/**
 * A figure that others published, of work that is not the same: it is shown, and not compared.
 *
 * @param task what was asked of the system
 * @param data what it was asked on
 * @param figures as published
 * @param source where
 * @param read what of the source was read
 */
public record Published(
    String work, String task, String data, String figures, String source, String read) {}
