// The Stop button ends a search at the next batch; what it found until then stays reachable.
// when: [2-9]\d*/5000 trials|1\d+/5000 trials
// expect: kept true, the same true, scored true

// %%
var held = Nas.space(nasBench201()).strategy(RANDOM).budget(trials(5_000))
    .estimator("slow", candidate -> {
        Thread.sleep(200);
        return candidate.architecture().choices().get(0);
    });

// %% interrupted
var neverAssigned = held.run();

// %%
var kept = Nas.last().orElseThrow();
"kept " + (kept.history().size() >= 2)
    + ", the same " + (held.result().orElseThrow() == kept)
    + ", scored " + (kept.bestScore() >= 0)
