/**
 * ICE as two objects named after ORTC: a gatherer, which finds the local candidates, and a transport, which checks them
 * against the remote ones and carries datagrams on the selected pair.
 */
@NullMarked
package io.github.purrtc.ice;

import org.jspecify.annotations.NullMarked;
