package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import java.io.PrintStream;

/**
 * Prints the plain form. Updates overwrite one line where a person watches; a log gets the first
 * and the last state only.
 */
final class TerminalSink implements NotebookSink {

    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean watched;
    private boolean open;

    TerminalSink() {
        this(System.out, System.console() != null);
    }

    TerminalSink(PrintStream out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    @Override
    public boolean isAttached() {
        return true;
    }

    @Override
    public String display(MimeBundle bundle) {
        out.println(bundle.text());
        return "terminal";
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        if (watched) {
            String line = bundle.text().lines().findFirst().orElse("");
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "\u2026" : line;
            out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            out.flush();
            open = true;
        }
    }

    @Override
    public void complete(String id, MimeBundle bundle) {
        withdraw(id);
        out.println(bundle.text());
    }

    /** What was printed stays, but for the line that is written over. */
    @Override
    public void withdraw(String id) {
        if (open) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
            open = false;
        }
    }
}
