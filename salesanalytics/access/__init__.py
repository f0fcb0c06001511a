"""Access: who is asking and which rows they may see; everything above works on scoped relations."""
