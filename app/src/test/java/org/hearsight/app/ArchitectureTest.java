package org.hearsight.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Fourier;
import org.hearsight.core.audio.WavWriter;
import org.hearsight.core.file.InputFile;
import org.hearsight.learning.encode.RecordFile;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;

/** The arrows between the modules, and what belongs where. */
@AnalyzeClasses(packages = "org.hearsight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule modulesDependDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.hearsight..")
          .layer("core")
          .definedBy("org.hearsight.core..")
          .layer("simulator")
          .definedBy("org.hearsight.simulator..")
          .layer("datasets")
          .definedBy("org.hearsight.datasets..")
          .layer("inference")
          .definedBy("org.hearsight.inference..")
          .layer("learning")
          .definedBy("org.hearsight.learning..")
          .layer("report")
          .definedBy("org.hearsight.report..")
          .layer("page")
          .definedBy("org.hearsight.page..")
          .layer("server")
          .definedBy("org.hearsight.server..")
          .layer("benchmarks")
          .definedBy("org.hearsight.benchmarks..")
          .layer("app")
          .definedBy("org.hearsight.app..")
          // Not on this class path, and nobody may put it there: it brings Spark.
          .optionalLayer("spark")
          .definedBy("org.hearsight.spark..")
          .whereLayer("spark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("simulator")
          .mayOnlyAccessLayers("core")
          .whereLayer("datasets")
          .mayOnlyAccessLayers("core", "simulator")
          .whereLayer("inference")
          .mayOnlyAccessLayers("core")
          .whereLayer("learning")
          .mayOnlyAccessLayers("core", "inference")
          .whereLayer("report")
          .mayOnlyAccessLayers("core")
          .whereLayer("page")
          .mayOnlyAccessLayers("core")
          .whereLayer("server")
          .mayOnlyAccessLayers("core", "inference", "page")
          .whereLayer("benchmarks")
          .mayOnlyAccessLayers("core", "simulator", "datasets", "inference", "learning", "report")
          .whereLayer("app")
          .mayOnlyAccessLayers(
              "core",
              "simulator",
              "datasets",
              "inference",
              "learning",
              "report",
              "page",
              "server",
              "benchmarks")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule djlStaysInLearningAndInWhatTimesIt =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hearsight.learning..", "org.hearsight.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** DJL makes arrays of them that libtorch keeps and Java frees: gradients went wrong by it. */
  @ArchTest
  static final ArchRule numbersMeetArraysInTorchAlone =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "an operator of NDArray takes a number",
                  (JavaMethodCall call) ->
                      call.getTargetOwner().isAssignableTo(NDArray.class)
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(type -> type.isEquivalentTo(Number.class))));

  @ArchTest
  static final ArchRule onnxRuntimeStaysInInference =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hearsight.inference..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule httpStaysInTheServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hearsight.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "io.micrometer..");

  @ArchTest
  static final ArchRule javaCvStaysBehindVideoFramesAndSoundDecoder =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hearsight.datasets.video..", "org.hearsight.datasets.audio..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule thePickleLibraryStaysBehindItsAllowList =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hearsight.core.checkpoint..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.razorvine..");

  /** One way to take a checksum: bounded reading, and the same digits everywhere. */
  @ArchTest
  static final ArchRule checksumsAreTakenInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hearsight.core.file..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(MessageDigest.class.getName());

  @ArchTest
  static final ArchRule packagesAreNamedAfterTheirConcept =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..")
          .orShould()
          .resideInAPackage("..helper..");

  @ArchTest
  static final ArchRule classesAreNamedAfterTheirConcept =
      classes()
          .should()
          .haveNameNotMatching(".*(Utils?|Common|Impl|Manager|Helper)$")
          .as("classes should not be called util, common, impl, manager or helper");

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Hearsight.class.getName())
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  /**
   * Whatever is read goes through {@link InputFile}: regular files of a bounded size. {@link
   * WavWriter} and {@link RecordFile} open channels to write, the second to map what it wrote.
   */
  @ArchTest
  static final ArchRule filesAreReadThroughOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hearsight.core.file..")
          .should()
          .callMethodWhere(
              readsAFile("Files", "readAllBytes|readString|readAllLines|lines|newInputStream")
                  .or(readsAFile("Files", "newBufferedReader|newByteChannel"))
                  .or(opensAChannel())
                  .or(
                      readsAFile(
                              "ImageIO|ObjectMapper|ObjectReader", "read.*|createImageInputStream")
                          .and(takes(File.class))))
          .orShould()
          .callConstructorWhere(
              describe(
                  "opens a file for reading",
                  call ->
                      call.getTargetOwner()
                          .getFullName()
                          .matches(
                              "java.io.(FileInputStream|FileReader|RandomAccessFile)|java.util.Scanner")));

  private static DescribedPredicate<JavaMethodCall> readsAFile(String owners, String methods) {
    return describe(
        "reads a file",
        call ->
            call.getTargetOwner().getSimpleName().matches(owners)
                && call.getName().matches(methods));
  }

  private static DescribedPredicate<JavaMethodCall> takes(Class<?> type) {
    return describe(
        "takes a " + type.getSimpleName(),
        call ->
            call.getTarget().getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(type)));
  }

  private static DescribedPredicate<JavaMethodCall> opensAChannel() {
    return describe(
        "opens a channel",
        call ->
            call.getTargetOwner().isEquivalentTo(FileChannel.class)
                && call.getName().equals("open")
                && !call.getOriginOwner().isEquivalentTo(WavWriter.class)
                && !call.getOriginOwner().isEquivalentTo(RecordFile.class));
  }

  /** Seeded {@link Random} is allowed: {@link java.util.Collections#shuffle} takes nothing else. */
  @ArchTest
  static final ArchRule generatorsAreSeeded =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(SecureRandom.class);

  @ArchTest
  static final ArchRule generatorsArePassedDown =
      noFields()
          .that()
          .areStatic()
          .should()
          .haveRawType(assignableTo(RandomGenerator.class))
          .as("no generator should be kept in a static field");

  @ArchTest
  static final ArchRule transformsRunInTheirCallersThread =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Fourier.class.getName())
          .should()
          .callConstructor(DoubleFFT_1D.class, long.class)
          .orShould()
          .callConstructor(FloatFFT_1D.class, long.class);

  @ArchTest
  static final ArchRule packagesOfAModuleHaveNoCycles =
      slices().matching("org.hearsight.(*).(*)..").should().beFreeOfCycles();
}
