// Stop ends a supernet's training within its epoch, although it draws its progress all the time.
// when: trial \d+, ([2-9]|[1-9]\d) %
// expect: the search is interrupted

// %%
var held = Nas.space(cells()).strategy(DARTS);

// %% interrupted
held.run();

// %%
String reason() { return held.result().map(SearchResult::reason).orElse("running"); }
for (int i = 0; i < 6_000 && reason().equals("running"); i++) {
    Thread.sleep(100);
}
"the search is " + reason()
