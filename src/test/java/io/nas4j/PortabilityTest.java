package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing depends on the machine's language, charset or time zone, and no test on its speed: what
 * would ask for them is called nowhere, in the library, its tests or its benchmarks.
 */
class PortabilityTest {

    /** As {@code Class.method}, where an overload exists that is told the locale or charset. */
    private static final Set<String> TELL =
            Set.of(
                    "String.format",
                    "String.toLowerCase",
                    "String.toUpperCase",
                    "String.getBytes",
                    "String.<init>",
                    "PrintStream.printf",
                    "PrintStream.format",
                    "PrintStream.<init>",
                    "PrintWriter.printf",
                    "PrintWriter.format",
                    "PrintWriter.<init>",
                    "Formatter.<init>",
                    "Scanner.<init>",
                    "FileReader.<init>",
                    "FileWriter.<init>",
                    "InputStreamReader.<init>",
                    "OutputStreamWriter.<init>",
                    "ByteArrayOutputStream.toString",
                    "Process.inputReader",
                    "Process.outputWriter",
                    "Process.errorReader",
                    "DateTimeFormatter.ofPattern",
                    "DecimalFormat.<init>",
                    "SimpleDateFormat.<init>",
                    "NumberFormat.getInstance",
                    "NumberFormat.getNumberInstance",
                    "NumberFormat.getPercentInstance");

    private static final Set<String> NEVER =
            Set.of(
                    "String.formatted",
                    "Locale.getDefault",
                    "Charset.defaultCharset",
                    "ZoneId.systemDefault",
                    "TimeZone.getDefault",
                    "LocalDate.now",
                    "LocalDateTime.now",
                    "LocalTime.now",
                    "ZonedDateTime.now");

    /** A test that sleeps or measures depends on what else runs on the machine. */
    private static final Set<String> NEVER_IN_A_TEST =
            Set.of(
                    "Thread.sleep",
                    "TimeUnit.sleep",
                    "System.nanoTime",
                    "System.currentTimeMillis",
                    "Instant.now",
                    "Assertions.assertTimeout",
                    "Assertions.assertTimeoutPreemptively");

    private static final Set<String> TOLD =
            Set.of(
                    "java.util.Locale",
                    "java.nio.charset.Charset",
                    "java.text.DecimalFormatSymbols");

    private static final List<JavaClass> CLASSES =
            new ClassFileImporter()
                    .importPaths(Path.of("target/classes"), Path.of("target/test-classes")).stream()
                            .filter(c -> !c.getPackageName().endsWith(".jmh_generated"))
                            .toList();

    @Test
    void nothingAsksTheMachineHowToWrite() {
        assertThat(CLASSES).hasSizeGreaterThan(300);
        assertThat(calls(CLASSES.stream().filter(c -> !isTwin(c)), PortabilityTest::asks))
                .as("calls that follow the machine's locale, charset or zone. Try Locale.ROOT")
                .isEmpty();
    }

    @Test
    void noTestSleepsOrMeasuresTime() {
        List<JavaClass> tests = CLASSES.stream().filter(PortabilityTest::isTest).toList();
        assertThat(tests).hasSizeGreaterThan(100);
        assertThat(calls(tests.stream().filter(c -> !isTwin(c)), PortabilityTest::hastens))
                .as("calls of tests that depend on time. Try a clock of the test's own")
                .isEmpty();
    }

    /** Breaks every rule once, and keeps some beside. */
    static final class Twin {
        static String broken() throws IOException, InterruptedException {
            Thread.sleep(0);
            Supplier<String> reference = "A"::toLowerCase;
            try (FileReader reader = new FileReader("none")) {
                return reference.get()
                        + String.format("%.1f", 0.5)
                        + "%.1f".formatted(0.5)
                        + new String(new byte[0])
                        + ZoneId.systemDefault()
                        + reader;
            }
        }

        static String kept() {
            return String.format(Locale.ROOT, "%.1f", 0.5)
                    + "A".toLowerCase(Locale.ROOT)
                    + new String(new byte[0], StandardCharsets.UTF_8);
        }
    }

    @Test
    void aClassThatBreaksTheRulesIsFoundOut() {
        List<JavaClass> twin = CLASSES.stream().filter(PortabilityTest::isTwin).toList();
        assertThat(calls(twin.stream(), PortabilityTest::asks).map(call -> call.split(" ")[0]))
                .containsExactlyInAnyOrder(
                        "String.toLowerCase",
                        "FileReader.<init>",
                        "String.format",
                        "String.formatted",
                        "String.<init>",
                        "ZoneId.systemDefault");
        assertThat(calls(twin.stream(), PortabilityTest::hastens))
                .singleElement()
                .asString()
                .startsWith("Thread.sleep in ");
    }

    private static boolean isTwin(JavaClass c) {
        return c.getFullName().equals(Twin.class.getName());
    }

    private static boolean isTest(JavaClass c) {
        String file = c.getFullName().split("\\$")[0].replace('.', '/') + ".java";
        return Files.exists(Path.of("src/test/java", file));
    }

    private static boolean asks(CodeUnitAccessTarget target) {
        String name = name(target);
        List<String> parameters =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        if (NEVER.contains(name)) {
            return true;
        }
        if (name.equals("String.<init>") && !parameters.contains("[B")) {
            return false;
        }
        return TELL.contains(name) && parameters.stream().noneMatch(TOLD::contains);
    }

    private static boolean hastens(CodeUnitAccessTarget target) {
        return NEVER_IN_A_TEST.contains(name(target));
    }

    private static String name(CodeUnitAccessTarget target) {
        return target.getOwner().getSimpleName() + "." + target.getName();
    }

    /** A test of other locales keeps the machine's, to put it back. */
    private static boolean putsBack(CodeUnitAccessTarget target, JavaCodeUnit caller) {
        return name(target).equals("Locale.getDefault")
                && caller.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> name(call.getTarget()).equals("Locale.setDefault"));
    }

    /** Calls and method references, as {@code String.format in io.nas4j.Some.method}. */
    private static Stream<String> calls(
            Stream<JavaClass> classes, Predicate<CodeUnitAccessTarget> forbidden) {
        return classes.flatMap(
                c ->
                        Stream.concat(
                                        c.getCodeUnitCallsFromSelf().stream(),
                                        c.getCodeUnitReferencesFromSelf().stream())
                                .filter(call -> forbidden.test(call.getTarget()))
                                .filter(call -> !putsBack(call.getTarget(), call.getOrigin()))
                                .map(
                                        call ->
                                                name(call.getTarget())
                                                        + " in "
                                                        + call.getOrigin().getFullName()));
    }
}
