package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The collapse that is known of DARTS on NAS-Bench-201's cells (Dong and Yang, 2020), in small:
 * twenty epochs on an easy task, nothing about it forced.
 */
class CollapseIT {

    private static final SearchSpace SPACE = Spaces.nasBench201(4, 2);
    private static final int EDGES = 6;
    private static final Darts LONG =
            new Darts().epochs(20).batch(8).resolution(0).weightRate(0.2, 0.02).alphaRate(0.03);

    @Test
    void withoutGuardsCellsBecomeNothingButSkipConnections() throws Exception {
        for (CollapseDoctor doctor : searched(Guards.NONE)) {
            assertThat(doctor.epochs()).hasSize(20).anyMatch(epoch -> epoch.skips() == EDGES);
            assertThat(doctor.rule()).isEmpty();
        }
    }

    @Test
    void withGuardsNoSuchCellIsKeptAndTheDoctorSaysWhy() throws Exception {
        for (CollapseDoctor doctor : searched(new Guards())) {
            assertThat(doctor.isCollapsed()).isFalse();
            assertThat(doctor.rule()).isEqualTo("skip rule");
            assertThat(doctor.verdict()).contains("the skip rule fired after epoch");
        }
    }

    private static List<CollapseDoctor> searched(Guards guards) throws Exception {
        List<CollapseDoctor> doctors = new ArrayList<>();
        for (long seed = 9; seed <= 10; seed++) {
            doctors.add(
                    CollapseDoctor.of(SPACE, TinySearch.epochs(SPACE, LONG.guards(guards), seed)));
        }
        return doctors;
    }
}
