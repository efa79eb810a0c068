"""Puts nas4j on the class path of the kernel `java` of the Python environment that runs this.

usage: register.py JAVA TARGET JVM_OPTIONS
"""

import json
import pathlib
import sys

java, target, options = sys.argv[1:]
file = pathlib.Path(sys.prefix, "share/jupyter/kernels/java/kernel.json")
spec = json.loads(file.read_text(encoding="utf-8"))
# The launcher only waits for the real JVM: keep it small.
arguments = spec["argv"][spec["argv"].index("-jar"):]
spec["argv"] = [java, "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *arguments]
# Beside the library lie jars with a classifier (tests, runtime, sources), whose names are longer.
jar = min(pathlib.Path(target).glob("nas4j-*.jar"), key=lambda jar: len(jar.name))
spec["env"] = {
    "JJAVA_CLASSPATH": f"{jar}:{target}/lib/*.jar",
    # No word about a missing logger in a cell, and no slow first steps of libtorch's profiler.
    "JJAVA_JVM_OPTS": "-Dslf4j.internal.verbosity=ERROR -Dai.djl.pytorch.graph_optimizer=false "
    + options,
    # So that Shift-Tab shows Javadoc.
    "NAS4J_SOURCES": str(pathlib.Path(target).parent / "src/main/java"),
    "DJL_DISABLE_PROGRESS_BAR": "true",
    "OPT_OUT_TRACKING": "true",
}
# Jupyter replaces $NAME in these values, and the launcher takes the first java on the PATH.
spec["env"] = {name: value.replace("$", "$$") for name, value in spec["env"].items()}
spec["env"]["PATH"] = str(pathlib.Path(java).parent).replace("$", "$$") + ":${PATH}"
part = file.with_suffix(".part")
part.write_text(json.dumps(spec, indent=2), encoding="utf-8")
part.replace(file)
