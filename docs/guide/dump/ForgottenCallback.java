import io.deferred.Deferred;
import io.deferred.Dump;
import java.util.HashMap;
import java.util.Map;

/** Requests wait for their answers in a map, and one answer takes the wrong one out. */
class ForgottenCallback {
    static final Map<Integer, Deferred<String>> waiting = new HashMap<>();

    public static void main(String[] args) {
        for (int i = 1; i <= 3; i++) {
            request(i).consume(System.out::println);
        }
        answer(1);
        answer(2);
        waiting.clear();
        System.out.println(Dump.text());
    }

    static Deferred<String> request(int number) {
        Deferred<String> answer = new Deferred<String>().named("answer " + number); // FAULT: the third is never fired
        waiting.put(number, answer);
        return answer;
    }

    static void answer(int number) {
        waiting.remove(number).callback("answer " + number);
    }
}
