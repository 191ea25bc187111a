"""What a page is: blocks that say, show and let choose, without a word on how they are drawn."""
