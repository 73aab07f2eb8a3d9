package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Data channels by stream id, in small pages that are made when used: a look-up for each message makes no object. */
final class ChannelTable {
    private static final int PAGE_BITS = 4;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    /** As many as the highest id so far needed. */
    private @Nullable DataChannel[] @Nullable [] pages = new DataChannel[0][];

    @Nullable
    DataChannel get(int streamId) {
        @Nullable DataChannel[] page = page(streamId);
        return page == null ? null : page[streamId & (PAGE_SIZE - 1)];
    }

    void put(int streamId, DataChannel channel) {
        int index = streamId >> PAGE_BITS;
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, 2 * pages.length));
        }
        @Nullable DataChannel[] page = pages[index];
        if (page == null) {
            page = new DataChannel[PAGE_SIZE];
            pages[index] = page;
        }
        page[streamId & (PAGE_SIZE - 1)] = channel;
    }

    void remove(int streamId) {
        @Nullable DataChannel[] page = page(streamId);
        if (page != null) {
            page[streamId & (PAGE_SIZE - 1)] = null;
        }
    }

    private @Nullable DataChannel @Nullable [] page(int streamId) {
        int index = streamId >> PAGE_BITS;
        return index < pages.length ? pages[index] : null;
    }

    List<DataChannel> all() {
        List<DataChannel> all = new ArrayList<>();
        for (@Nullable DataChannel[] page : pages) {
            if (page != null) {
                for (DataChannel channel : page) {
                    if (channel != null) {
                        all.add(channel);
                    }
                }
            }
        }
        return all;
    }
}
