package io.nas4j.search;

import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A search in a process of its own that waits in trial 6 to be killed. */
final class KilledSearch {

    private KilledSearch() {}

    public static void main(String[] args) {
        new SearchLoop(search(Path.of(args[0]), true)).run();
    }

    static SearchSpec search(Path journal, boolean waits) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 21),
                        new RandomSearch(),
                        new Scripted(
                                "waiting",
                                (candidate, context) -> {
                                    if (waits && candidate.trial() == 6) {
                                        System.out.println("trial 6 is under way");
                                        new CountDownLatch(1).await();
                                    }
                                    return Estimate.of(context.seed() / 1e19);
                                }),
                        Budget.trials(12))
                .journal(journal);
    }
}
