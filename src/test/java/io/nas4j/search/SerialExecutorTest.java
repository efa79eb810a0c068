package io.nas4j.search;

class SerialExecutorTest extends TrialExecutorContract {
    @Override
    protected TrialExecutor executor() {
        return TrialExecutor.serial();
    }
}
