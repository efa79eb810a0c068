import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Unpacks the native library into DJL's cache while the image is built, so that no visitor waits for it. */
public class WarmUp {
    public static void main(String[] args) {
        try (NDManager manager = NDManager.newBaseManager()) {
            float sum = manager.ones(new Shape(2, 2)).sum().getFloat();
            System.out.println(Engine.getInstance() + " adds up to " + sum);
        }
    }
}
