// SPDX-License-Identifier: Apache-2.0
import io.deferred.net.Connection;
import io.deferred.net.ConnectionLostException;
import io.deferred.net.Endpoint;
import io.deferred.net.LineReceiver;
import io.deferred.net.Protocol;
import io.deferred.net.Reactor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A chat with rooms. The first line that one sends is "name@room"; each line after that goes to all in the room. */
public final class ChatServer implements Supplier<Protocol> {
    private final Map<String, Map<String, Connection>> rooms = new HashMap<>(); // confined to the loop

    public static void main(String[] args) {
        Reactor reactor = Reactor.start();
        reactor.listen(Endpoint.local(Integer.parseInt(args[0])), new ChatServer())
                .consume(port -> System.out.println("The chat is on port " + port.number()))
                .handle(failure -> {
                    System.err.println(failure.exception().getMessage());
                    reactor.stop();
                });
    }

    @Override
    public Protocol get() {
        return new Member();
    }

    private final class Member extends LineReceiver {
        private Map<String, Connection> room = Map.of();
        private String name = "";

        @Override
        protected void lineReceived(Connection connection, String line) {
            if (!name.isEmpty()) {
                room.values().forEach(member -> member.writeLine(name + ": " + line));
                return;
            }
            String[] parts = line.split("@", 2);
            room = parts.length < 2 ? room : rooms.computeIfAbsent(parts[1], created -> new HashMap<>());
            if (parts.length < 2 || room.putIfAbsent(parts[0], connection) != null) {
                connection.writeLine("Say name@room first, with a name that is not taken there.");
            } else {
                name = parts[0];
                room.values().forEach(member -> member.writeLine("* " + name + " comes in"));
            }
        }

        @Override
        public void connectionLost(Connection connection, ConnectionLostException reason) {
            if (!name.isEmpty()) {
                room.remove(name);
                room.values().forEach(member -> member.writeLine("* " + name + " leaves"));
                rooms.values().removeIf(Map::isEmpty);
            }
        }
    }
}
