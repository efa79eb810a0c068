package io.nas4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.nas4j.train.Devices;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where arrays live follows from the setting alone: each belongs to a manager, whose device comes
 * from {@link Devices}; and what runs within a step of a supernet never asks for numbers.
 */
class DevicePlacementTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/target/classes/"))
                    .importPackages("io.nas4j");

    /**
     * An LSTM of a few tokens is faster there than on any GPU; data are read there; and a user's
     * block is run there once to see what it makes.
     */
    private static final List<String> ON_THE_CPU =
            List.of("ControllerSession", "EnasSession", "DjlData", "ForeignBlock");

    /** All that runs between two batches of DARTS; GDAS draws its path outside of these. */
    private static final List<String> WITHIN_A_STEP =
            List.of(
                    "BilevelStep",
                    "SupernetProblem",
                    "Replicas",
                    "MixedRelaxation",
                    "Supernet",
                    "SupernetShares",
                    "Fragment",
                    "Executor",
                    "SupernetPath",
                    "PlainSteps",
                    "FusedEdges",
                    "FusedCandidates",
                    "FusedBranch",
                    "FusedPools",
                    "FusedSource",
                    "FusedVertex",
                    "FusedRows",
                    "Convolutions",
                    "AveragePool",
                    "Normaliser",
                    "Scaling",
                    "Gradients",
                    "CrossEntropy");

    @Test
    void everyManagerIsGivenADevice() {
        managersWithoutDevice().check(CLASSES);
    }

    private static ArchRule managersWithoutDevice() {
        return noClasses()
                .should()
                .callMethod(NDManager.class, "newBaseManager")
                .orShould()
                .callMethod(NDManager.class, "newBaseManager", String.class)
                .orShould()
                .callMethod(Engine.class, "newBaseManager");
    }

    @Test
    void onlyTheSettingNamesADevice() {
        devicesByName(ON_THE_CPU).check(CLASSES);
    }

    private static ArchRule devicesByName(List<String> exceptions) {
        return noClasses()
                .that()
                .doNotHaveSimpleName(Devices.class.getSimpleName())
                .and(DescribedPredicate.not(named(exceptions)))
                .should()
                .callMethodWhere(isCall(Device.class, "cpu|gpu|of|fromName"))
                .orShould()
                .callMethodWhere(isCall(NDArray.class, "toDevice"));
    }

    @Test
    void nothingWithinAStepCopiesToTheHost() {
        copies(WITHIN_A_STEP).check(CLASSES);
        Stream<String> names = CLASSES.stream().map(c -> c.getSimpleName());
        assertThat(names.filter(WITHIN_A_STEP::contains)).containsAll(WITHIN_A_STEP);
    }

    private static ArchRule copies(List<String> classes) {
        return noClasses()
                .that(named(classes))
                .should()
                .callMethodWhere(
                        isCall(
                                NDArray.class,
                                "to\\w*Array|toByteBuffer|get(Float|Double|Long|Int)"));
    }

    /** The twins: the same rules find those who may. */
    @Test
    void theRulesFindWhoBreaksThem() {
        assertThatThrownBy(() -> devicesByName(List.of()).check(CLASSES))
                .hasMessageContaining("EnasSession");
        assertThatThrownBy(() -> copies(List.of("HessianEigenvalue")).check(CLASSES))
                .hasMessageContaining("NDArray.getFloat(");
        JavaClasses thisOne = new ClassFileImporter().importClasses(Careless.class);
        assertThatThrownBy(() -> managersWithoutDevice().check(thisOne))
                .hasMessageContaining("newBaseManager()");
    }

    private static final class Careless {
        static NDManager manager() {
            return NDManager.newBaseManager();
        }
    }

    private static DescribedPredicate<JavaClass> named(List<String> names) {
        return DescribedPredicate.describe(
                "are one of " + names, type -> names.contains(type.getSimpleName()));
    }

    private static DescribedPredicate<JavaMethodCall> isCall(Class<?> owner, String names) {
        Pattern pattern = Pattern.compile(names);
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + names,
                call -> {
                    MethodCallTarget target = call.getTarget();
                    return target.getOwner().isAssignableTo(owner)
                            && pattern.matcher(target.getName()).matches();
                });
    }
}
