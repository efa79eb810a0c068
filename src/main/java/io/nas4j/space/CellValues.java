package io.nas4j.space;

import java.util.ArrayList;
import java.util.List;

/**
 * What the vertices of a cell see while it is run.
 *
 * @param all the inputs, then each vertex when it is made
 * @param inputs how many are inputs
 * @param stride that whoever reads an input owes
 * @param read which of them somebody has read
 */
record CellValues<V>(List<V> all, int inputs, int stride, boolean[] read) {

    /** Of a run that is in no cell. */
    static <V> CellValues<V> none() {
        return new CellValues<>(List.of(), 0, 1, new boolean[0]);
    }

    static <V> CellValues<V> of(List<V> inputs, int vertices, int stride) {
        int size = inputs.size() + vertices;
        List<V> all = new ArrayList<>(size);
        all.addAll(inputs);
        return new CellValues<>(all, inputs.size(), stride, new boolean[size]);
    }

    /** A vertex was made. */
    void add(V value) {
        all.add(value);
    }

    V get(int index) {
        read[index] = true;
        return all.get(index);
    }

    /** What whoever reads a value owes. */
    int stride(int index) {
        return index < inputs ? stride : 1;
    }

    List<V> vertices() {
        return all.subList(inputs, all.size());
    }

    /** The vertices that nobody has read. */
    List<V> looseEnds() {
        List<V> loose = new ArrayList<>();
        for (int i = inputs; i < all.size(); i++) {
            if (!read[i]) {
                loose.add(all.get(i));
            }
        }
        return loose;
    }
}
