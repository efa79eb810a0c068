package io.nas4j.execute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits for processes that are no children of this one. */
final class Ended {

    private static final int LOOKS_PER_SECOND = 10;

    private Ended() {}

    /** Until it has ended. */
    static void await(ProcessHandle process) throws InterruptedException, ExecutionException {
        while (!has(process)) {
            look(process);
        }
    }

    /** Whether it ends within so many seconds, or more where the machine is slow. */
    static boolean within(ProcessHandle process, int seconds)
            throws InterruptedException, ExecutionException {
        for (int i = 0; i < LOOKS_PER_SECOND * seconds && !has(process); i++) {
            look(process);
        }
        return has(process);
    }

    private static void look(ProcessHandle process)
            throws InterruptedException, ExecutionException {
        process.onExit()
                .completeOnTimeout(process, 1000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS)
                .get();
    }

    private static boolean has(ProcessHandle process) {
        return !process.isAlive() || isZombie(process);
    }

    /** Where its parent was killed and the first process of a container asks for nobody's end. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String state = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return state.startsWith(" Z", state.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false; // it has just ended, or the system has no such files
        }
    }
}
