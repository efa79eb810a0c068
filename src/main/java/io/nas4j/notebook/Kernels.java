package io.nas4j.notebook;

/** Looks kernel classes up: the library's own loader, then the cell's. */
final class Kernels {

    private Kernels() {}

    static Class<?> load(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name, true, Kernels.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            ClassLoader cell = Thread.currentThread().getContextClassLoader();
            if (cell == null) {
                throw e;
            }
            return Class.forName(name, true, cell);
        }
    }
}
