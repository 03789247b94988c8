import io.deferred.Deferred;
import java.io.IOException;

/** Nobody handles the error. */
class DroppedError {
    public static void main(String[] args) {
        showPage();
        System.out.println("All is well, it seems.");
    }

    static void showPage() {
        Deferred<String> page = new Deferred<String>().named("page");
        page.consume(text -> System.out.println(text)); // FAULT: nothing is said of errors
        page.errback(new IOException("no route to host"));
    }
}
