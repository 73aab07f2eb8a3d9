package io.github.purrtc.dtls.internal;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow(64);

    private boolean accept(long number) {
        boolean isNew = window.isNew(number);
        if (isNew) {
            window.add(number);
        }
        return isNew;
    }

    @Test
    void theEdgesOfTheWindow() {
        assertTrue(accept(200));
        assertFalse(accept(200));
        assertTrue(accept(200 - 64), "as far back as promised");
        assertFalse(accept(200 - 64));
        assertFalse(accept(200 - 128), "not known any more");
        assertTrue(accept(200 + 63));
        assertFalse(accept(200));
        assertTrue(accept(201));
        assertFalse(accept(201));
        assertEquals(263, window.latest());
    }

    @Test
    void theLastNumberOfAll() {
        assertTrue(accept(0));
        assertTrue(accept((1L << 48) - 1));
        assertFalse(accept((1L << 48) - 1));
        assertTrue(accept((1L << 48) - 2));
        assertFalse(accept(0));
    }

    @Test
    void whatIsOnlyLookedAtIsNotRemembered() {
        assertTrue(window.isNew(7));
        assertTrue(window.isNew(7));
        assertEquals(-1, window.latest());
    }
}
