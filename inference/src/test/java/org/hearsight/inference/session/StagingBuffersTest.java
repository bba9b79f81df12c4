package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagingBuffersTest {
  private final StagingBuffers buffers = new StagingBuffers();

  @Test
  void bufferIsDirectAndOfTheSizeAskedFor() {
    ByteBuffer buffer = buffers.take(12);
    assertThat(buffer.isDirect()).isTrue();
    assertThat(buffer.remaining()).isEqualTo(12);
    assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
  }

  @Test
  void smallerRequestUsesABufferAgain() {
    ByteBuffer first = buffers.take(64);
    first.putLong(1).putLong(2);
    buffers.give(first);
    ByteBuffer second = buffers.take(16);
    assertThat(second).isSameAs(first);
    assertThat(second.position()).isZero();
    assertThat(second.remaining()).isEqualTo(16);
  }

  @Test
  void bufferInUseIsNotGivenTwice() {
    assertThat(buffers.take(16)).isNotSameAs(buffers.take(16));
  }

  @Test
  void fewBuffersAreKept() {
    Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 20; i++) {
      seen.add(buffers.take(16));
    }
    seen.forEach(buffers::give);
    for (int i = 0; i < 20; i++) {
      seen.add(buffers.take(16));
    }
    assertThat(seen).hasSize(20 + 20 - 8);
  }
}
