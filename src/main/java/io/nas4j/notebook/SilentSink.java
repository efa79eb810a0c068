package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;

/** Shows nothing. */
record SilentSink() implements NotebookSink {

    @Override
    public boolean isAttached() {
        return false;
    }

    @Override
    public String display(MimeBundle bundle) {
        return "";
    }

    @Override
    public void update(String id, MimeBundle bundle) {}
}
