package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The collapse that is known of DARTS on NAS-Bench-201's cells (Dong and Yang, 2020), in small:
 * twenty epochs on an easy task, nothing about it forced.
 *
 * <p>Where one search ends depends on its seed and on the last bits of a processor's sums, so
 * several search. Of twelve seeds eleven had an epoch with at most one edge left that skips
 * nothing, where cells drawn at random have it in 2 of 1,000 cases; with guards nine fired the skip
 * rule. So of three none collapses with probability (1/12)³ = 0.0006, and of five with guards none
 * fires with (1/4)⁵ = 0.001. As in DARTS' own code, {@code none} is not derived.
 */
@Tag("slow")
class CollapseIT {

    private static final SearchSpace SPACE = Spaces.nasBench201(4, 2);
    private static final int EPOCHS = 20;
    private static final Darts LONG =
            new Darts().epochs(EPOCHS).batch(8).warmUp(0).weightRate(0.2, 0.02).alphaRate(0.03);
    private static final int LIMIT = new Guards().skips();

    @Test
    void withoutGuardsCellsBecomeNearlyNothingButSkipConnections() throws Exception {
        assertThat(searched(3, Guards.NONE))
                .allMatch(doctor -> doctor.epochs().size() == EPOCHS && doctor.rule().isEmpty())
                .anyMatch(doctor -> doctor.epochs().stream().anyMatch(epoch -> epoch.skips() >= 5));
    }

    @Test
    void withGuardsNoSuchCellIsKeptAndTheDoctorSaysWhy() throws Exception {
        List<CollapseDoctor> doctors = searched(5, new Guards());
        assertThat(doctors).noneMatch(CollapseDoctor::isCollapsed);
        List<CollapseDoctor> fired =
                doctors.stream().filter(doctor -> doctor.rule().equals("skip rule")).toList();
        assertThat(fired).isNotEmpty();
        for (CollapseDoctor doctor : fired) {
            List<Integer> skips = doctor.epochs().stream().map(epoch -> epoch.skips()).toList();
            assertThat(skips.get(skips.size() - 1)).isGreaterThanOrEqualTo(LIMIT);
            // of the epochs that the rule judges, the last with fewer; where none has, that with
            // fewest; an earlier one only where it has fewer still
            List<Integer> judged = skips.subList(EPOCHS / 3, skips.size());
            assertThat(skips.get(doctor.kept() - 1))
                    .isLessThanOrEqualTo(Math.max(LIMIT - 1, Collections.min(judged)));
            assertThat(doctor.verdict()).contains("the skip rule fired after epoch");
        }
    }

    private static List<CollapseDoctor> searched(int seeds, Guards guards) throws Exception {
        List<CollapseDoctor> doctors = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            Darts darts = LONG.guards(guards);
            History history = TinySearch.epochs(SPACE, darts, seed);
            CollapseDoctor doctor = CollapseDoctor.of(SPACE, history);
            try (SearchStrategy.Session session = TinySearch.open(SPACE, darts, seed)) {
                assertThat(session.conclude(history).orElseThrow().architecture())
                        .isEqualTo(history.trials().get(doctor.kept() - 1).architecture());
            }
            doctors.add(doctor);
        }
        return doctors;
    }
}
