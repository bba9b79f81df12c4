package org.hearsight.inference;

import java.time.Instant;
import org.hearsight.core.drift.DriftVerdict;
import org.hearsight.core.imagination.Imagination;

/**
 * What is imagined at one moment of a stream, after the window that ends there.
 *
 * @param sequence number of the hop, from 1; hops without an answer, at the stream's beginning or
 *     where sound was dropped, are missing
 * @param seconds of the stream up to the window's end
 * @param captured when the window's last sample was captured; null if that is not known
 * @param dropped samples of the stream that were dropped so far, at 24 kHz
 * @param imagination the answer
 * @param drift what the monitor says after this window; null without one, and of windows that it
 *     does not judge
 */
public record LiveAnswer(
    long sequence,
    double seconds,
    Instant captured,
    long dropped,
    Imagination imagination,
    DriftVerdict drift) {}
