package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.view.MimeBundle;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SafeSinkTest {

    private static final MimeBundle BUNDLE = MimeBundle.text("shown");

    /** As a kernel whose socket takes an interrupt off the thread that sends. */
    private static class TakesInterrupts implements NotebookSink {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        TakesInterrupts(boolean atOnce) {
            if (atOnce) {
                mayEnd.countDown();
            }
        }

        @Override
        public boolean isAttached() {
            return true;
        }

        @Override
        public String display(MimeBundle bundle) {
            begun.countDown();
            while (true) {
                try {
                    mayEnd.await();
                    Thread.interrupted();
                    return "id";
                } catch (InterruptedException e) {
                    // taken off
                }
            }
        }

        @Override
        public void update(String id, MimeBundle bundle) {
            display(bundle);
        }
    }

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    @Test
    void anInterruptBeforeSomethingIsShownIsStillThereAfterwards() {
        NotebookSink sink = SafeSink.of(new TakesInterrupts(true));
        Thread.currentThread().interrupt();
        assertThat(sink.display(BUNDLE)).isEqualTo("id");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        sink.update("id", BUNDLE);
        sink.complete("id", BUNDLE);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anInterruptWhileSomethingIsShownIsStillThereAfterwards() throws InterruptedException {
        TakesInterrupts kernel = new TakesInterrupts(false);
        boolean[] heard = new boolean[1];
        Thread search =
                new Thread(
                        () -> {
                            SafeSink.of(kernel).display(BUNDLE);
                            heard[0] = Thread.currentThread().isInterrupted();
                        });
        search.start();
        kernel.begun.await();
        search.interrupt();
        kernel.mayEnd.countDown();
        search.join();
        assertThat(heard[0]).isTrue();
    }

    @Test
    void withoutASafeSinkTheInterruptIsLost() {
        // the two tests above can fail
        Thread.currentThread().interrupt();
        new TakesInterrupts(true).display(BUNDLE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatAKernelThrowsStaysInTheSink() {
        NotebookSink broken =
                SafeSink.of(
                        new TakesInterrupts(true) {
                            @Override
                            public String display(MimeBundle bundle) {
                                throw new NoClassDefFoundError("gone");
                            }
                        });
        assertThat(broken.display(BUNDLE)).isEmpty();
        broken.update("id", BUNDLE);
        assertThat(SafeSink.of(broken)).isSameAs(broken);
    }
}
