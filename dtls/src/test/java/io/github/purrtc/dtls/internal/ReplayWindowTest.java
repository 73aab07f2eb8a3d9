package io.github.purrtc.dtls.internal;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void theEdgesOfTheWindow() {
        assertTrue(window.accept(100));
        assertFalse(window.accept(100 - 64));
        assertTrue(window.accept(100 - 63));
        assertFalse(window.accept(100 - 63));
        assertTrue(window.accept(100 + 63));
        assertFalse(window.accept(100));
        assertTrue(window.accept(101));
        assertFalse(window.accept(101));
    }

    @Test
    void aNumberFarAheadDoesNotMoveIt() {
        assertTrue(window.accept(0));
        assertFalse(window.accept((1L << 48) - 1));
        assertTrue(window.accept(1));
    }
}
