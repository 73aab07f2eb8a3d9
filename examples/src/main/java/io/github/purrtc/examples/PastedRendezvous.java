package io.github.purrtc.examples;

import io.github.purrtc.SessionDescription;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;

/** People carry the descriptions, a line of JSON each. */
record PastedRendezvous(boolean offering, BufferedReader input, PrintStream output, PrintStream hints)
        implements Rendezvous {
    @Override
    public boolean meet() {
        return offering;
    }

    @Override
    public void send(SessionDescription description) {
        hints.println("Paste this line into the other program:");
        output.println(Descriptions.toJson(description));
    }

    @Override
    public SessionDescription receive() throws IOException {
        hints.println("Paste the other program's line here:");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                return Descriptions.parse(line);
            } catch (IllegalArgumentException e) {
                hints.println("That is no description: " + e.getMessage());
            }
        }
        throw new EOFException("the input ended before a description came");
    }
}
