package io.nas4j.execute;

import io.nas4j.json.Message;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** A worker of another nas4j. */
final class OtherVersion {

    private OtherVersion() {}

    public static void main(String[] args) throws IOException {
        new Wire(new FileOutputStream(FileDescriptor.out))
                .send(Message.of("ready").with("version", "9.9").with("pid", 1));
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }
}
