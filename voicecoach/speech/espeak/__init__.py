"""eSpeak NG, driven by pyttsx3 in processes of its own."""
