package org.hearsight.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row whose work only notes what was asked of it. */
record CountedRow(Goal goal, Pace pace, List<String> events) implements Row {
  CountedRow(Goal goal, Pace pace) {
    this(goal, pace, new ArrayList<>());
  }

  @Override
  public String name() {
    return "counted";
  }

  @Override
  public String what() {
    return "counted work";
  }

  @Override
  public String how() {
    return "It is counted.";
  }

  @Override
  public Work open() {
    return new Work() {
      @Override
      public void once() {
        events.add("ours");
      }

      @Override
      public Optional<String> peer() {
        return Optional.of("counted");
      }

      @Override
      public Map<String, String> besides() {
        return Map.of("another way", "besides");
      }

      @Override
      public void requireAgreement() {
        events.add("agreement");
      }

      @Override
      public void close() {
        events.add("closed");
      }
    };
  }
}
