package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.view.MimeBundle;
import java.util.ArrayList;
import java.util.List;

/** A front end that keeps what it was sent. */
final class RecordedSink implements NotebookSink {
    final List<String> calls = new ArrayList<>();
    final List<MimeBundle> frames = new ArrayList<>();

    @Override
    public boolean isAttached() {
        return true;
    }

    @Override
    public String display(MimeBundle bundle) {
        calls.add("display");
        frames.add(bundle);
        return "id";
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        assertThat(id).isEqualTo("id");
        calls.add("update");
        frames.add(bundle);
    }

    @Override
    public void complete(String id, MimeBundle bundle) {
        update(id, bundle);
        calls.set(calls.size() - 1, "complete");
    }

    @Override
    public void withdraw(String id) {
        NotebookSink.super.withdraw(id);
        calls.set(calls.size() - 1, "withdraw");
    }

    MimeBundle last() {
        return frames.get(frames.size() - 1);
    }
}
