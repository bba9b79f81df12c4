package org.hearsight.learning.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;

/** The folder where PyTorch keeps the checkpoints it downloads. */
public final class TorchCache {
  private TorchCache() {}

  /**
   * {@code $TORCH_HOME/hub/checkpoints}; {@code TORCH_HOME} is {@code $XDG_CACHE_HOME/torch} unless
   * set, and that {@code ~/.cache/torch}.
   *
   * @param environment variables, as in {@link System#getenv()}
   * @param home of the user
   */
  public static Path folder(Map<String, String> environment, Path home) {
    String torch = environment.getOrDefault("TORCH_HOME", "");
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path root;
    if (!torch.isEmpty()) {
      root = Path.of(torch);
    } else if (!cache.isEmpty()) {
      root = Path.of(cache).resolve("torch");
    } else {
      root = home.resolve(".cache").resolve("torch");
    }
    return root.resolve("hub").resolve("checkpoints");
  }

  /** The one of this process and user. */
  public static Path folder() {
    return folder(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * torchvision's ResNet-50 in that folder, {@code resnet50-*.pth}; of several the one of {@link
   * KnownCheckpoint#RESNET50}, else the first by name.
   *
   * @throws InputException if there is none
   */
  public static Path resnet50(Path folder) {
    List<Path> found = List.of();
    if (Files.isDirectory(folder)) {
      found =
          FolderListing.entries(folder).stream()
              .filter(f -> f.getFileName().toString().matches("resnet50-.*\\.pth"))
              .toList();
    }
    Path usual = folder.resolve(KnownCheckpoint.RESNET50.fileName());
    if (found.isEmpty()) {
      throw new InputException(
          folder,
          "holds no resnet50-*.pth",
          "give a FILE, or run ./hearsight import --download resnet50");
    }
    return found.contains(usual) ? usual : found.get(0);
  }
}
