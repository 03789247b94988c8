import io.deferred.Deferred;
import java.io.IOException;

/** An errback logs the error and returns nothing: that is null, a result like any other, and the callbacks after it are given it. */
class SwallowedError {
    public static void main(String[] args) {
        Deferred<String> page = new Deferred<String>().named("page");
        page.addErrback(failure -> { // FAULT: to look and pass it on, it would have to be tapFailure
                    System.out.println("log: " + failure);
                    return null;
                })
                .consume(text -> System.out.println(text.length() + " characters"));
        page.errback(new IOException("no route to host"));
    }
}
