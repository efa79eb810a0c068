package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;

/**
 * A sink whose failures stay here: nothing that is shown may break what is computed.
 *
 * @param sink what may fail
 */
record SafeSink(NotebookSink sink) implements NotebookSink {

    @Override
    public boolean isAttached() {
        try {
            return sink.isAttached();
        } catch (Throwable e) {
            return false;
        }
    }

    @Override
    public String display(MimeBundle bundle) {
        try {
            return sink.display(bundle);
        } catch (Throwable e) {
            return "";
        }
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        try {
            sink.update(id, bundle);
        } catch (Throwable e) {
            // the next update, or the last, may come through
        }
    }

    @Override
    public void complete(String id, MimeBundle bundle) {
        try {
            sink.complete(id, bundle);
        } catch (Throwable e) {
            // the result is still the value of the call
        }
    }
}
