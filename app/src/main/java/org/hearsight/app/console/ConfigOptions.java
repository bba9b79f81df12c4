package org.hearsight.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.train.TrainConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --config} and {@code --set}: the configuration of a training from outside. */
public final class ConfigOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "JSON with what differs from the defaults (docs/training.md), or a model.json or"
              + " pretraining.json; other options win over it.")
  @Reads
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "One field of the configuration, as in stage1.rate=0.002; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * The defaults; over them the file; over it the options marked with {@link Sets} that were given;
   * over these {@code --set}.
   *
   * @throws org.hearsight.core.error.InputException if the file is refused
   * @throws ParameterException if an option is
   */
  public <T> T over(T defaults) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      if (option.userObject() instanceof AnnotatedElement field
          && field.isAnnotationPresent(Sets.class)
          && option.getValue() != null) {
        String path = field.getAnnotation(Sets.class).value();
        values.put(path, option.getValue());
        names.put(path, option.longestName());
      }
    }
    set.forEach(
        (path, text) -> {
          values.put(path, value(text));
          names.remove(path); // the value is no longer the option's, so a refusal is not about it
        });
    try {
      return Settings.over(defaults, file, values);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      for (Map.Entry<String, String> name : names.entrySet()) {
        if (message.startsWith(name.getKey() + ":")) {
          message = name.getValue() + message.substring(name.getKey().length());
        }
      }
      throw new ParameterException(spec.commandLine(), message, e);
    }
  }

  /**
   * The configuration of a training of imagination: what file and options come to, over the
   * defaults of the fusion that they name.
   *
   * @throws org.hearsight.core.error.InputException if the file is refused
   * @throws ParameterException if an option is
   */
  public TrainConfig training() {
    return training(TrainConfig::defaults);
  }

  /**
   * As {@link #training()}, over other defaults.
   *
   * @param defaults of a fusion
   */
  public TrainConfig training(Function<Fusion, TrainConfig> defaults) {
    Fusion named = over(TrainConfig.defaults()).model().fusion();
    return over(defaults.apply(named));
  }

  /**
   * Refuses an encoder of sound that would not be used.
   *
   * @param seld the folder that was given; null if none was
   * @throws ParameterException if training is from scratch
   */
  public void requireUse(Path seld, TrainConfig config) {
    if (config.encoder().fromScratch() && seld != null) {
      throw new ParameterException(
          spec.commandLine(), "training from scratch takes no --seld; leave one of them out");
    }
  }

  /** Was a field given with {@code --set}? */
  public boolean isSet(String field) {
    return set.containsKey(field);
  }

  /** A number, true or false; anything else is a text. */
  private static Object value(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
