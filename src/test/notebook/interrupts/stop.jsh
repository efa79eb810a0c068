// The Stop button reaches a cell as an interrupt of its thread, and what it held stays readable.
// when: step 3
// expect: stopped after [0-9]+ steps

// %%
import java.util.concurrent.*;
class Held { volatile int steps; final CountDownLatch stopped = new CountDownLatch(1); }
Held held = new Held();

// %% interrupted
try {
    for (int i = 0; i < 1_000; i++) {
        System.out.println("step " + i);
        held.steps = i;
        TimeUnit.MILLISECONDS.sleep(200);
    }
} catch (InterruptedException stop) {
    held.stopped.countDown();
}

// %%
(held.stopped.await(10, TimeUnit.MINUTES) ? "stopped" : "still running") + " after " + held.steps + " steps"
